package io.hsmrest.tests.scenario.certificates;

import io.hsmrest.keystore.HsmPrivateKey;
import java.math.BigInteger;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ocsp.OCSPObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CRLNumber;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.DistributionPoint;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CRLConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPReq;
import org.bouncycastle.cert.ocsp.OCSPResp;
import org.bouncycastle.cert.ocsp.OCSPRespBuilder;
import org.bouncycastle.cert.ocsp.Req;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequest;

/** The code of docs/private-ca.md: what the service cannot express, signed with a handle. */
final class PrivateCa {
  private final Provider provider;
  private final HsmPrivateKey caKey;

  PrivateCa(Provider provider, HsmPrivateKey caKey) {
    this.provider = provider;
    this.caKey = caKey;
  }

  ContentSigner signer() throws Exception {
    return new JcaContentSignerBuilder("SHA256withECDSA").setProvider(provider).build(caKey);
  }

  static BigInteger newSerial() {
    return new BigInteger(159, new SecureRandom()).add(BigInteger.ONE); // RFC 5280 4.1.2.2
  }

  X509Certificate root(String name, Duration validity, int pathLength) throws Exception {
    X500Name subject = new X500Name(name);
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            subject,
            newSerial(),
            Date.from(now),
            Date.from(now.plus(validity)),
            subject,
            caKey.publicKey());
    JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(pathLength));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        identifiers.createSubjectKeyIdentifier(caKey.publicKey()));
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
  }

  static JcaPKCS10CertificationRequest checked(byte[] csr) throws Exception {
    JcaPKCS10CertificationRequest request = new JcaPKCS10CertificationRequest(csr);
    boolean hasTheKey =
        request.isSignatureValid(
            new JcaContentVerifierProviderBuilder().build(request.getPublicKey()));
    if (!hasTheKey) {
      throw new SecurityException("the CSR is not signed with the key in it");
    }
    return request;
  }

  X509Certificate intermediate(
      X509Certificate ca, PublicKey key, String name, Duration validity, String permittedDomain)
      throws Exception {
    JcaX509v3CertificateBuilder builder = certificateFor(ca, key, name, validity);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
    builder.addExtension(
        Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
    GeneralSubtree permitted =
        new GeneralSubtree(new GeneralName(GeneralName.dNSName, permittedDomain));
    builder.addExtension(
        Extension.nameConstraints,
        true,
        new NameConstraints(new GeneralSubtree[] {permitted}, null));
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
  }

  X509Certificate server(
      X509Certificate ca, PublicKey key, String host, Duration validity, String publishedAt)
      throws Exception {
    JcaX509v3CertificateBuilder builder = certificateFor(ca, key, "CN=" + host, validity);
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
    builder.addExtension(
        Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    builder.addExtension(
        Extension.subjectAlternativeName,
        false,
        new GeneralNames(new GeneralName(GeneralName.dNSName, host)));
    builder.addExtension(
        Extension.authorityInfoAccess,
        false,
        new AuthorityInformationAccess(
            new AccessDescription[] {
              new AccessDescription(
                  AccessDescription.id_ad_caIssuers, uri(publishedAt + "/ca.crt")),
              new AccessDescription(AccessDescription.id_ad_ocsp, uri(publishedAt + "/ocsp"))
            }));
    builder.addExtension(
        Extension.cRLDistributionPoints,
        false,
        new CRLDistPoint(
            new DistributionPoint[] {
              new DistributionPoint(
                  new DistributionPointName(new GeneralNames(uri(publishedAt + "/ca.crl"))),
                  null,
                  null)
            }));
    return new JcaX509CertificateConverter().getCertificate(builder.build(signer()));
  }

  private static GeneralName uri(String uri) {
    return new GeneralName(GeneralName.uniformResourceIdentifier, uri);
  }

  private static JcaX509v3CertificateBuilder certificateFor(
      X509Certificate ca, PublicKey key, String name, Duration validity) throws Exception {
    Instant now = Instant.now();
    JcaX509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            new JcaX509CertificateHolder(ca).getSubject(),
            newSerial(),
            Date.from(now),
            Date.from(now.plus(validity)),
            new X500Name(name),
            key);
    JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
    builder.addExtension(
        Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key));
    builder.addExtension(
        Extension.authorityKeyIdentifier, false, identifiers.createAuthorityKeyIdentifier(ca));
    return builder;
  }

  X509CRL revoke(X509Certificate ca, BigInteger crlNumber, X509Certificate... revoked)
      throws Exception {
    Instant now = Instant.now();
    JcaX509v2CRLBuilder builder =
        new JcaX509v2CRLBuilder(ca.getSubjectX500Principal(), Date.from(now));
    builder.setNextUpdate(Date.from(now.plus(Duration.ofDays(7))));
    for (X509Certificate certificate : revoked) {
      builder.addCRLEntry(certificate.getSerialNumber(), Date.from(now), CRLReason.keyCompromise);
    }
    builder.addExtension(
        Extension.authorityKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(ca));
    builder.addExtension(Extension.cRLNumber, false, new CRLNumber(crlNumber));
    return new JcaX509CRLConverter().getCRL(builder.build(signer()));
  }

  OCSPResp answer(OCSPReq request, X509Certificate ca, CertificateStatus status) throws Exception {
    DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
    JcaBasicOCSPRespBuilder builder =
        new JcaBasicOCSPRespBuilder(
            ca.getPublicKey(), digests.get(org.bouncycastle.cert.ocsp.RespID.HASH_SHA1));
    Instant now = Instant.now();
    for (Req asked : request.getRequestList()) {
      builder.addResponse(
          asked.getCertID(),
          status,
          Date.from(now),
          Date.from(now.plus(Duration.ofHours(1))),
          null);
    }
    Extension nonce = request.getExtension(OCSPObjectIdentifiers.id_pkix_ocsp_nonce);
    if (nonce != null) {
      builder.setResponseExtensions(new Extensions(nonce));
    }
    X509CertificateHolder[] chain = {new JcaX509CertificateHolder(ca)};
    BasicOCSPResp signed = builder.build(signer(), chain, Date.from(now));
    return new OCSPRespBuilder().build(OCSPRespBuilder.SUCCESSFUL, signed);
  }
}
