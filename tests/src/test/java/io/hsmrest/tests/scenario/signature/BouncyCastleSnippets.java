package io.hsmrest.tests.scenario.signature;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.cert.ocsp.BasicOCSPResp;
import org.bouncycastle.cert.ocsp.CertificateID;
import org.bouncycastle.cert.ocsp.CertificateStatus;
import org.bouncycastle.cert.ocsp.OCSPException;
import org.bouncycastle.cert.ocsp.jcajce.JcaBasicOCSPRespBuilder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.DigestCalculatorProvider;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** What docs/signatures.md shows of Bouncy Castle's bcpkix. */
final class BouncyCastleSnippets {
  private BouncyCastleSnippets() {}

  static ContentSigner signer(String algorithm, PrivateKey key) throws OperatorCreationException {
    // snippet bc-signer
    ContentSigner signer = new JcaContentSignerBuilder(algorithm).build(key);
    // end
    return signer;
  }

  static PKCS10CertificationRequest request(PublicKey publicKey, ContentSigner signer) {
    // snippet bc-csr
    PKCS10CertificationRequest request =
        new JcaPKCS10CertificationRequestBuilder(new X500Name("CN=web.example.com"), publicKey)
            .build(signer);
    // end
    return request;
  }

  static X509CertificateHolder certificate(
      X509Certificate caCertificate, PublicKey subjectKey, ContentSigner signer)
      throws IOException {
    // snippet bc-certificate
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            caCertificate,
            BigInteger.valueOf(now.toEpochMilli()),
            Date.from(now),
            Date.from(now.plus(Duration.ofDays(90))),
            new X500Name("CN=issued by the HSM"),
            subjectKey);
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
    X509CertificateHolder certificate = builder.build(signer);
    // end
    return certificate;
  }

  static X509CRLHolder crl(X509Certificate caCertificate, BigInteger revoked, ContentSigner signer)
      throws GeneralSecurityException {
    // snippet bc-crl
    Instant now = Instant.now();
    X509v2CRLBuilder builder =
        new X509v2CRLBuilder(
            new JcaX509CertificateHolder(caCertificate).getSubject(), Date.from(now));
    builder.setNextUpdate(Date.from(now.plus(Duration.ofDays(7))));
    builder.addCRLEntry(revoked, Date.from(now), CRLReason.keyCompromise);
    X509CRLHolder crl = builder.build(signer);
    // end
    return crl;
  }

  static BasicOCSPResp ocsp(X509Certificate caCertificate, BigInteger serial, ContentSigner signer)
      throws GeneralSecurityException, OperatorCreationException, OCSPException {
    // snippet bc-ocsp
    DigestCalculatorProvider digests = new JcaDigestCalculatorProviderBuilder().build();
    X509CertificateHolder ca = new JcaX509CertificateHolder(caCertificate);
    BasicOCSPResp response =
        new JcaBasicOCSPRespBuilder(
                caCertificate.getPublicKey(), digests.get(CertificateID.HASH_SHA1))
            .addResponse(
                new CertificateID(digests.get(CertificateID.HASH_SHA1), ca, serial),
                CertificateStatus.GOOD)
            .build(signer, new X509CertificateHolder[] {ca}, Date.from(Instant.now()));
    // end
    return response;
  }

  static CMSSignedData cms(X509Certificate certificate, byte[] content, ContentSigner signer)
      throws GeneralSecurityException, OperatorCreationException, CMSException {
    // snippet bc-cms
    CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
    generator.addSignerInfoGenerator(
        new JcaSignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
            .build(signer, certificate));
    generator.addCertificates(new JcaCertStore(List.of(certificate)));
    CMSSignedData signed = generator.generate(new CMSProcessableByteArray(content), true);
    // end
    return signed;
  }
}
