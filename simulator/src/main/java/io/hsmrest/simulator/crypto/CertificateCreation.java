package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.Objects;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.ExtensionsGenerator;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;
import org.bouncycastle.pkcs.PKCS10CertificationRequestBuilder;

/** Makes certificates and certificate requests (contract 2.3). Thread-safe. */
public final class CertificateCreation {
  private static final int DEFAULT_DAYS = 90;
  private static final String UNFIT = "The signature Algorithm is not valid for this key type.";
  private static final String ISSUING = "Could not issue certificate";
  private static final String REQUESTING = "Could not create certificate request";

  /** X.509 has no later time. */
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59Z");

  private final Signing signing;
  private final Clock clock;
  private final SecureRandom random;
  private final boolean requestedExtensionsInIssued;

  /**
   * Signs through {@code signing}.
   *
   * @param requestedExtensionsInIssued U11: whether key usage, extended key usage, basic
   *     constraints and alternative names of an issue request go into the certificate
   */
  public CertificateCreation(
      Signing signing, Clock clock, SecureRandom random, boolean requestedExtensionsInIssued) {
    this.signing = signing;
    this.clock = clock;
    this.random = random;
    this.requestedExtensionsInIssued = requestedExtensionsInIssued;
  }

  /**
   * A self-signed certificate, DER: serial 0, from today 00:00:00 UTC.
   *
   * @throws ServiceRefusal 701 for a signature algorithm that does not fit the key
   */
  public Bytes selfSign(KeyMaterial key, CertificateTemplate template) {
    checkAlgorithm(key, template, ISSUING);
    X500Name name = SubjectName.of(template.subject());
    SubjectPublicKeyInfo publicKey = publicKey(key);
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      RequestedExtensions.add(template, extensions);
      addSubjectKeyIdentifier(extensions, publicKey);
      Instant start = clock.instant().truncatedTo(ChronoUnit.DAYS);
      return certificate(name, BigInteger.ZERO, start, name, publicKey, extensions, key, template);
    } catch (IOException e) {
      throw new ServiceRefusal(Reason.IN_HSM, "Could not issue self-signed certificate.", e);
    }
  }

  /**
   * A certificate request as PEM with the header {@code NEW CERTIFICATE REQUEST}, 64 columns.
   *
   * @throws ServiceRefusal 701 for a signature algorithm that does not fit the key
   */
  public String request(KeyMaterial key, CertificateTemplate template) {
    checkAlgorithm(key, template, REQUESTING);
    SubjectPublicKeyInfo publicKey = publicKey(key);
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      RequestedExtensions.add(template, extensions);
      addSubjectKeyIdentifier(extensions, publicKey);
      PKCS10CertificationRequestBuilder builder =
          new PKCS10CertificationRequestBuilder(SubjectName.of(template.subject()), publicKey);
      builder.addAttribute(PKCSObjectIdentifiers.pkcs_9_at_extensionRequest, extensions.generate());
      return CertificateRequestPem.write(
          builder
              .build(new HsmContentSigner(signing, key, template.signatureAlgorithm()))
              .getEncoded());
    } catch (IOException e) {
      throw new ServiceRefusal(Reason.IN_HSM, REQUESTING + ".", e);
    }
  }

  /**
   * A certificate for the key of a certificate request, DER: random positive 32-bit serial, from
   * now on.
   *
   * @param caKey key that signs
   * @param caCertificate DER of its certificate, whose subject becomes the issuer
   * @param certificateSigningRequest PEM, with either header
   * @throws ServiceRefusal 628 for a bad certificate request, 402 for an unreadable CA certificate,
   *     701 for a signature algorithm that does not fit the key
   */
  public Bytes issue(
      KeyMaterial caKey,
      Bytes caCertificate,
      String certificateSigningRequest,
      CertificateTemplate template) {
    PKCS10CertificationRequest request = CertificateRequestPem.read(certificateSigningRequest);
    checkAlgorithm(caKey, template, ISSUING);
    X509CertificateHolder issuer =
        CertificateFacts.holder(caCertificate, Reason.INVALID_CERTIFICATE);
    SubjectPublicKeyInfo publicKey = request.getSubjectPublicKeyInfo();
    try {
      ExtensionsGenerator extensions = new ExtensionsGenerator();
      extensions.addExtension(Extension.authorityKeyIdentifier, false, authorityKey(issuer));
      if (template.copyExtensions()) {
        copy(request, extensions);
      }
      if (requestedExtensionsInIssued) {
        RequestedExtensions.add(template, extensions);
      }
      addSubjectKeyIdentifier(extensions, publicKey);
      return certificate(
          issuer.getSubject(),
          new BigInteger(31, random).add(BigInteger.ONE),
          clock.instant().truncatedTo(ChronoUnit.SECONDS),
          SubjectName.of(template.subject()),
          publicKey,
          extensions,
          caKey,
          template);
    } catch (IOException e) {
      throw new ServiceRefusal(Reason.IN_HSM, ISSUING + ".", e);
    }
  }

  private Bytes certificate(
      X500Name issuer,
      BigInteger serial,
      Instant start,
      X500Name subject,
      SubjectPublicKeyInfo publicKey,
      ExtensionsGenerator extensions,
      KeyMaterial signer,
      CertificateTemplate template)
      throws IOException {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            issuer, serial, Date.from(start), Date.from(end(start, template)), subject, publicKey);
    Extensions all = extensions.generate();
    for (ASN1ObjectIdentifier oid : all.getExtensionOIDs()) {
      builder.addExtension(all.getExtension(oid));
    }
    return Bytes.owning(
        builder
            .build(new HsmContentSigner(signing, signer, template.signatureAlgorithm()))
            .getEncoded());
  }

  /** A missing validity arrives as null or, from a primitive int, as 0. */
  private static Instant end(Instant start, CertificateTemplate template) {
    int days = Objects.requireNonNullElse(template.validityDays(), 0);
    if (days < 0) {
      throw new ServiceRefusal(
          Reason.INVALID_CERTIFICATE_REQUEST, "The validity must not be negative.");
    }
    try {
      Instant end = start.plus(Duration.ofDays(days == 0 ? DEFAULT_DAYS : days));
      if (end.isAfter(LAST)) {
        throw ServiceRefusal.inHsm(ISSUING + ": The validity ends after the year 9999.");
      }
      return end;
    } catch (DateTimeException e) {
      throw new ServiceRefusal(Reason.IN_HSM, ISSUING + ".", e);
    }
  }

  private static void copy(PKCS10CertificationRequest request, ExtensionsGenerator to) {
    Extensions requested = request.getRequestedExtensions();
    if (requested == null) {
      return;
    }
    for (ASN1ObjectIdentifier oid : requested.getExtensionOIDs()) {
      if (!oid.equals(Extension.subjectKeyIdentifier)
          && !oid.equals(Extension.authorityKeyIdentifier)) {
        to.addExtension(requested.getExtension(oid));
      }
    }
  }

  private static void addSubjectKeyIdentifier(ExtensionsGenerator to, SubjectPublicKeyInfo key)
      throws IOException {
    to.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        RequestedExtensions.keyIdentifier(key.getPublicKeyData().getBytes()));
  }

  private static AuthorityKeyIdentifier authorityKey(X509CertificateHolder issuer) {
    try {
      Extension own = issuer.getExtension(Extension.subjectKeyIdentifier);
      byte[] identifier =
          own == null
              ? Hash.SHA1.of(issuer.getSubjectPublicKeyInfo().getPublicKeyData().getBytes())
              : ASN1OctetString.getInstance(own.getParsedValue()).getOctets();
      return new AuthorityKeyIdentifier(identifier);
    } catch (RuntimeException e) {
      throw new ServiceRefusal(
          Reason.INVALID_CERTIFICATE, "The certificate of the issuer can not be read.", e);
    }
  }

  private static void checkAlgorithm(
      KeyMaterial key, CertificateTemplate template, String failure) {
    SignatureAlgorithm algorithm = template.signatureAlgorithm();
    if (!algorithm.isForCertificates() || key.isSymmetric() || !algorithm.fits(key)) {
      throw ServiceRefusal.inHsm(failure + ": " + UNFIT);
    }
  }

  private static SubjectPublicKeyInfo publicKey(KeyMaterial key) {
    return SubjectPublicKeyInfo.getInstance(
        Objects.requireNonNull(key.publicKey(), "an asymmetric key").content());
  }
}
