package io.hsmrest.keystore;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.CsrRequest;
import io.hsmrest.client.model.IssueCertificateRequest;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import io.hsmrest.client.model.SelfSignCertificateRequest;
import io.hsmrest.client.model.SubjectAttributes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Certificates made in the HSM, for Java code: self-sign, CSR, issue, import (contract 2.3). With a
 * key that people approve each call blocks until they have, and fails with an {@code
 * ApprovalException} when they do not. Thread-safe.
 */
public final class HsmCertificates {
  private final HsmSession session;

  HsmCertificates(HsmSession session) {
    this.session = session;
  }

  /** Works where the key lives. */
  public static HsmCertificates of(HsmPrivateKey key) {
    return new HsmCertificates(((RemotePrivateKey) key).session());
  }

  /** Works with the partition of a configuration file. */
  public static HsmCertificates open(Path configuration) throws HsmException {
    HsmRestConfig config = ConfigurationSource.of(configuration.toString()).read();
    return new HsmCertificates(HsmSession.open(config, null));
  }

  /**
   * Signs a certificate for a key with that key and attaches it there.
   *
   * @return the certificate as it is attached now, checked to carry the key
   */
  public X509Certificate selfSign(String label, CertificateTemplate template) throws HsmException {
    KeyFacts key = key(label);
    SelfSignCertificateRequest request =
        new SelfSignCertificateRequest(
            label,
            key.password(),
            CertificateSignature.forKey(key.publicKey()),
            template.validityDays(),
            template.subject(),
            template.certificateAuthority(),
            template.keyUsage(),
            template.extendedKeyUsage());
    Octets made =
        run(
            key,
            "self-sign",
            template.subject(),
            () -> client().selfSign(request),
            metadata -> client().submitSelfSign(request, metadata),
            (requestId, result) -> certificateOrAttached(result, label));
    session.certificateChanged(label);
    return certificateOf(made, label, key);
  }

  /**
   * Makes a certification request with a key.
   *
   * @return PKCS#10, DER
   */
  public byte[] requestCsr(String label, CertificateTemplate template) throws HsmException {
    KeyFacts key = key(label);
    CsrRequest request =
        new CsrRequest(
            label,
            key.password(),
            CertificateSignature.forKey(key.publicKey()),
            template.subject(),
            template.keyUsage(),
            template.extendedKeyUsage());
    return run(
            key,
            "CSR",
            template.subject(),
            () -> client().requestCsr(request),
            metadata -> client().submitCsr(request, metadata),
            (requestId, result) -> PemText.decode(required(result, label)))
        .toByteArray();
  }

  /**
   * Issues a certificate with a CA key of the partition. The template's subject is what the
   * certificate says, whatever the CSR asked for; it is attached to no key.
   *
   * @param csr PKCS#10, DER or PEM
   * @return the certificate, checked to be signed by the CA key's certificate
   */
  public X509Certificate issue(String caLabel, byte[] csr, CertificateTemplate template)
      throws HsmException {
    KeyFacts ca = key(caLabel);
    IssueCertificateRequest request =
        new IssueCertificateRequest(
            caLabel,
            ca.password(),
            CertificateSignature.forKey(ca.publicKey()),
            derOf(csr),
            template.subject(),
            template.validityDays(),
            template.certificateAuthority(),
            template.keyUsage(),
            template.extendedKeyUsage());
    Octets issued =
        run(
            ca,
            "issue certificate",
            template.subject(),
            () -> client().issueCertificate(request),
            metadata -> client().submitIssueCertificate(request, metadata),
            (requestId, result) -> PemText.decode(required(result, caLabel)));
    X509Certificate certificate = JdkCrypto.certificate(issued, caLabel);
    Optional<X509Certificate> issuer = certificate(caLabel);
    if (issuer.isPresent() && !ChainFinder.issued(issuer.get(), certificate)) {
      throw new HsmProtocolException(
          "the certificate issued with key '" + caLabel + "' does not verify with that key", null);
    }
    return certificate;
  }

  /**
   * Attaches a chain to a key: the leaf at the key, the rest as certificates of their own.
   *
   * @param chain leaf first; its first certificate must carry the key
   */
  public void importCertificate(String label, List<X509Certificate> chain) throws HsmException {
    KeyFacts key = key(label);
    X509Certificate leaf = chain.get(0);
    if (!JdkCrypto.sameKey(leaf.getPublicKey(), key.publicKey())) {
      throw new HsmException(
          "the certificate for '"
              + leaf.getSubjectX500Principal()
              + "' belongs to another key than '"
              + label
              + "'; nothing was changed",
          null);
    }
    // The links first: whoever reads the new leaf meanwhile finds its chain.
    if (session.config().chain().store() == ChainSettings.Store.HSM) {
      for (int i = 0; i + 1 < chain.size(); i++) {
        session.links().store(chain.get(i), chain.get(i + 1));
      }
    }
    client().importCertificate(label, JdkCrypto.encoded(leaf));
    session.certificateChanged(label);
  }

  /** The certificate attached to a key, or the lone certificate of that label. */
  public Optional<X509Certificate> certificate(String label) throws HsmException {
    return session.reader().certificate(label);
  }

  private <T> T run(
      KeyFacts key,
      String operation,
      SubjectAttributes subject,
      ApprovedOperations.Direct<T> direct,
      ApprovedOperations.Submitted submitted,
      ApprovedOperations.Result<T> result)
      throws HsmException {
    return session
        .operations()
        .run(
            new ApprovedOperations.Operation(
                key.label(),
                key.policy(),
                key.password(),
                operation,
                Map.of("subject", subject.commonName())),
            direct,
            submitted,
            result);
  }

  /** Services answer a self-sign request with {@code true} or the certificate (contract U12). */
  private Octets certificateOrAttached(@Nullable String result, String label) throws HsmException {
    if (result != null && result.length() > "false".length()) {
      return PemText.decode(result);
    }
    return client()
        .readCertificate(label)
        .orElseThrow(
            () ->
                new HsmProtocolException(
                    "the request to self-sign '"
                        + label
                        + "' is EXECUTED and the key has no certificate",
                    null));
  }

  private X509Certificate certificateOf(Octets der, String label, KeyFacts key)
      throws HsmException {
    X509Certificate certificate = JdkCrypto.certificate(der, label);
    if (!JdkCrypto.sameKey(certificate.getPublicKey(), key.publicKey())) {
      throw new HsmProtocolException(
          "the service signed a certificate for '" + label + "' that carries another key", null);
    }
    return certificate;
  }

  private KeyFacts key(String label) throws HsmException {
    if (session.partition().entry(label) instanceof PartitionEntry.KeyEntry entry) {
      return entry.facts();
    }
    throw new HsmException(
        "there is no key '"
            + label
            + "' in the partition, or keys.include and keys.exclude hide it",
        null);
  }

  private HsmClient client() {
    return session.client();
  }

  private static String required(@Nullable String result, String label) throws HsmException {
    if (result == null || result.isEmpty()) {
      throw new HsmProtocolException(
          "the request with key '" + label + "' is EXECUTED and carries no result", null);
    }
    return result;
  }

  private static Octets derOf(byte[] csr) throws HsmException {
    if (csr.length > 0 && csr[0] == 0x30) {
      return Octets.of(csr);
    }
    try {
      return PemText.decode(new String(csr, StandardCharsets.US_ASCII));
    } catch (IllegalArgumentException e) {
      throw new HsmException("the CSR is neither DER nor PEM: " + e.getMessage(), e);
    }
  }
}
