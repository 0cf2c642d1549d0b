package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.CsrRequest;
import io.hsmrest.client.model.IssueCertificateRequest;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import io.hsmrest.client.model.SelfSignCertificateRequest;
import io.hsmrest.keystore.der.DerException;
import java.security.GeneralSecurityException;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has the service make certificates and CSRs. Key and signature of what comes back are checked, and
 * are an error when they are wrong; everything else is compared with the template and reported.
 */
final class CertificateMaker {
  private final HsmSession session;

  CertificateMaker(HsmSession session) {
    this.session = session;
  }

  CertificateReport selfSign(KeyFacts key, CertificateTemplate template) throws HsmException {
    Integer days = template.validityDays();
    if (days == null) {
      throw new HsmException(
          "a self-signed certificate for '" + key.label() + "' needs a validity in days", null);
    }
    CertificateSignature algorithm = algorithm(template, key);
    SelfSignCertificateRequest request =
        new SelfSignCertificateRequest(
            key.label(),
            key.password(),
            algorithm.serviceName(),
            days,
            template.subject(),
            template.certificateAuthority(),
            template.keyUsage(),
            template.extendedKeyUsage(),
            template.subjectAlternativeNames());
    AttachedResult attached = new AttachedResult(session.client(), key.label());
    Octets made =
        run(
            new CertificateUse(
                key,
                "self-sign",
                template.subject(),
                algorithm,
                "self-sign\n" + request,
                () -> session.client().selfSign(request),
                metadata -> {
                  attached.remember();
                  return session.client().submitSelfSign(request, metadata);
                },
                attached::read,
                der -> {
                  attached.refuseOld(der);
                  return differences(template, algorithm, selfSigned(der, key), key);
                },
                attached::isUndecided));
    session.certificateChanged(key.label());
    X509Certificate certificate = selfSigned(made, key);
    attachIfMissing(key.label(), made);
    return new CertificateReport(certificate, differences(template, algorithm, certificate, key));
  }

  private static List<CertificateDifference> differences(
      CertificateTemplate template,
      CertificateSignature algorithm,
      X509Certificate selfSigned,
      KeyFacts key)
      throws HsmProtocolException {
    return TemplateComparison.certificate(template, algorithm, selfSigned, null, key.label());
  }

  private static X509Certificate selfSigned(Octets made, KeyFacts key) throws HsmException {
    X509Certificate certificate = JdkCrypto.certificate(made, key.label());
    if (!JdkCrypto.sameKey(certificate.getPublicKey(), key.publicKey())) {
      throw new HsmProtocolException(
          "the service signed a certificate for '" + key.label() + "' that carries another key",
          null);
    }
    verify(certificate, key.publicKey(), key.label());
    return certificate;
  }

  /** The service attaches what it signs; where it has not, the call would leave nothing behind. */
  private void attachIfMissing(String label, Octets made) throws HsmException {
    if (session.client().readCertificate(label).filter(made::equals).isEmpty()) {
      session.client().importCertificate(label, made);
      session.certificateChanged(label);
    }
  }

  CsrReport requestCsr(KeyFacts key, CertificateTemplate template) throws HsmException {
    CertificateSignature algorithm = algorithm(template, key);
    CsrRequest request =
        new CsrRequest(
            key.label(),
            key.password(),
            algorithm.serviceName(),
            template.subject(),
            template.keyUsage(),
            template.extendedKeyUsage(),
            template.subjectAlternativeNames());
    Octets csr =
        run(
            new CertificateUse(
                key,
                "CSR",
                template.subject(),
                algorithm,
                "CSR\n" + request,
                () -> session.client().requestCsr(request),
                metadata -> session.client().submitCsr(request, metadata),
                result -> PemText.decode(required(result, key.label())),
                der -> differences(template, algorithm, der, key),
                made -> false));
    return new CsrReport(csr, differences(template, algorithm, csr, key));
  }

  private static List<CertificateDifference> differences(
      CertificateTemplate template, CertificateSignature algorithm, Octets csr, KeyFacts key)
      throws HsmException {
    return TemplateComparison.csr(template, algorithm, ownCsr(csr, key), key.label());
  }

  private static CertificationRequest ownCsr(Octets made, KeyFacts key) throws HsmException {
    CertificationRequest csr = CertificationRequest.read(made.toByteArray());
    if (!csr.carries(key.publicKey())) {
      throw new HsmProtocolException(
          "the service made a CSR for '" + key.label() + "' that carries another key", null);
    }
    if (csr.verifies().equals(Optional.of(false))) {
      throw new HsmProtocolException(
          "the service made a CSR for '" + key.label() + "' whose signature does not verify", null);
    }
    return csr;
  }

  CertificateReport issue(KeyFacts ca, CertificationRequest csr, CertificateTemplate template)
      throws HsmException {
    refuseUnfit(csr, template, ca.label());
    CertificateSignature algorithm = algorithm(template, ca);
    IssueCertificateRequest request =
        new IssueCertificateRequest(
            ca.label(),
            ca.password(),
            algorithm.serviceName(),
            csr.der(),
            template.subject(),
            template.validityDays(),
            template.certificateAuthority(),
            template.keyUsage(),
            template.extendedKeyUsage(),
            template.subjectAlternativeNames(),
            template.copyExtensions());
    Octets issued =
        run(
            new CertificateUse(
                ca,
                "issue certificate",
                template.subject(),
                algorithm,
                "issue certificate\n" + request + "\n" + csr.der().toBase64(),
                () -> session.client().issueCertificate(request),
                metadata -> session.client().submitIssueCertificate(request, metadata),
                result -> PemText.decode(required(result, ca.label())),
                der -> differences(template, algorithm, issued(der, csr, ca), csr, ca),
                made -> false));
    X509Certificate certificate = issued(issued, csr, ca);
    return new CertificateReport(
        certificate, differences(template, algorithm, certificate, csr, ca));
  }

  private static List<CertificateDifference> differences(
      CertificateTemplate template,
      CertificateSignature algorithm,
      X509Certificate issued,
      CertificationRequest csr,
      KeyFacts ca)
      throws HsmProtocolException {
    return TemplateComparison.certificate(
        template, algorithm, issued, template.copyExtensions() ? csr : null, ca.label());
  }

  private static X509Certificate issued(Octets made, CertificationRequest csr, KeyFacts ca)
      throws HsmException {
    X509Certificate certificate = JdkCrypto.certificate(made, ca.label());
    if (!csr.carries(certificate.getPublicKey())) {
      throw new HsmProtocolException(
          "the certificate issued with key '" + ca.label() + "' carries another key than the CSR",
          null);
    }
    verify(certificate, ca.publicKey(), ca.label());
    return certificate;
  }

  /** What no CA wants to sign, whoever sent it. */
  private static void refuseUnfit(
      CertificationRequest csr, CertificateTemplate template, String label) throws HsmException {
    if (csr.verifies().equals(Optional.of(false))) {
      throw new HsmException(
          "the CSR's signature does not verify with the key in it, so whoever made it may not have"
              + " the key; nothing was issued",
          null);
    }
    try {
      if (template.copyExtensions()
          && !template.certificateAuthority()
          && !CertificateContent.of(csr, label).certificateAuthority().equals("no")) {
        throw new HsmException(
            "the CSR's extensions are to be copied, and they ask for a CA certificate, which the"
                + " template does not; nothing was issued",
            null);
      }
    } catch (DerException e) {
      throw new HsmException(
          "the CSR's basic constraints cannot be read: " + e.getMessage() + "; nothing was issued",
          e);
    }
  }

  private Octets run(CertificateUse use) throws HsmException {
    return session.operations().run(use);
  }

  private static CertificateSignature algorithm(CertificateTemplate template, KeyFacts key)
      throws HsmException {
    return CertificateSignature.of(template.signatureAlgorithm(), key.publicKey(), key.label());
  }

  private static void verify(X509Certificate certificate, PublicKey signer, String label)
      throws HsmProtocolException {
    try {
      certificate.verify(signer);
    } catch (NoSuchAlgorithmException e) {
      // This Java does not know the algorithm; whoever uses the certificate will.
    } catch (GeneralSecurityException e) {
      throw new HsmProtocolException(
          "the certificate signed with key '" + label + "' does not verify with that key", e);
    }
  }

  private static String required(@Nullable String result, String label) throws HsmException {
    if (result == null || result.isEmpty()) {
      throw new HsmProtocolException(
          "the request with key '" + label + "' is EXECUTED and carries no result", null);
    }
    return result;
  }
}
