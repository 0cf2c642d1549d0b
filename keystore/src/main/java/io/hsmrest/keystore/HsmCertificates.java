package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Certificates made and kept in the HSM, for Java code: self-sign, CSR, issue, import, read, delete
 * (contract 2.3). With a key that people approve, what needs a signature blocks until they have,
 * and fails with an {@code ApprovalException} when they do not.
 *
 * <p>What the service makes is compared with the template. The short forms fail with {@link
 * CertificateDiffersException} when it is something else; the forms {@code ...WithReport} hand it
 * out with the differences. A wrong key or signature is an error in both. Thread-safe.
 */
public final class HsmCertificates {
  private final HsmSession session;
  private final CertificateMaker maker;

  HsmCertificates(HsmSession session) {
    this.session = session;
    this.maker = new CertificateMaker(session);
  }

  /** Works where the key lives. */
  public static HsmCertificates of(HsmPrivateKey key) {
    return new HsmCertificates(((RemotePrivateKey) key).session());
  }

  /** Works with the partition of a configuration file. */
  public static HsmCertificates open(Path configuration) throws HsmException {
    return open(ConfigurationSource.of(configuration.toString()).read());
  }

  /** Works with the partition of a configuration. */
  public static HsmCertificates open(HsmRestConfig configuration) throws HsmException {
    return new HsmCertificates(HsmSession.open(configuration, null));
  }

  /**
   * Signs a certificate for a key with that key and attaches it there, in place of the one it has.
   *
   * @return the certificate as it is attached now
   * @throws CertificateDiffersException when it is not what was asked for; it is attached then
   */
  public X509Certificate selfSign(String label, CertificateTemplate template) throws HsmException {
    return asAsked(
        selfSignWithReport(label, template), "the certificate now attached to '" + label + "'");
  }

  /** The same, whatever the service made of it. */
  public CertificateReport selfSignWithReport(String label, CertificateTemplate template)
      throws HsmException {
    return maker.selfSign(key(label), template);
  }

  /**
   * Makes a certification request with a key. It cannot say that it is for a CA, nor for how long;
   * that is up to who issues.
   *
   * @return PKCS#10, DER
   * @throws CertificateDiffersException when it is not what was asked for
   */
  public byte[] requestCsr(String label, CertificateTemplate template) throws HsmException {
    CsrReport report = requestCsrWithReport(label, template);
    if (!report.isAsAsked()) {
      throw new CertificateDiffersException(
          "the CSR made with '" + label + "'", report.differences(), report.csr());
    }
    return report.csr().toByteArray();
  }

  /** The same, whatever the service made of it. */
  public CsrReport requestCsrWithReport(String label, CertificateTemplate template)
      throws HsmException {
    return maker.requestCsr(key(label), template);
  }

  /**
   * Issues a certificate with a CA key of the partition, which needs a certificate of its own. The
   * template's subject is what the certificate says, whatever the CSR asked for; it is attached to
   * no key.
   *
   * @param csr PKCS#10 in DER or PEM, of anybody's making; its signature is verified first
   * @throws CertificateDiffersException when it is not what was asked for: services up to 2.2 put
   *     no requested extensions into it (contract U11)
   */
  public X509Certificate issue(String caLabel, byte[] csr, CertificateTemplate template)
      throws HsmException {
    return asAsked(
        issueWithReport(caLabel, csr, template), "the certificate issued with '" + caLabel + "'");
  }

  /** The same, whatever the service made of it. */
  public CertificateReport issueWithReport(String caLabel, byte[] csr, CertificateTemplate template)
      throws HsmException {
    return maker.issue(key(caLabel), CertificationRequest.read(csr), template);
  }

  /**
   * Attaches a chain to a key: the leaf at the key, in place of the one it has, the rest as
   * certificates of their own (or nowhere, with {@code chain.store=none}). The rest comes first, so
   * that whoever reads meanwhile gets the old leaf or the new one with all of its chain.
   *
   * @param chain leaf first; each certificate must have issued the one before it
   * @throws HsmException when the leaf does not carry the key or the chain is none; nothing has
   *     been changed then
   */
  public void importCertificate(String label, List<X509Certificate> chain) throws HsmException {
    CertificateBundle.check(currentKey(label).publicKey(), chain, label);
    new CertificateImport(session).run(label, chain);
  }

  /**
   * Attaches what a CA sent back, in whatever order: one certificate in DER, one or more in PEM, or
   * PKCS#7. Certificates that are not above the key's are left out.
   *
   * @return the chain that was attached, leaf first
   * @throws HsmException when no certificate carries the key; nothing has been changed then
   */
  public List<X509Certificate> importCertificate(String label, byte[] encoded) throws HsmException {
    List<X509Certificate> certificates = CertificateBundle.read(encoded);
    List<X509Certificate> chain =
        CertificateBundle.chainOf(
            currentKey(label).publicKey(), certificates, label, Instant.now());
    new CertificateImport(session).run(label, chain);
    return chain;
  }

  /** The certificate attached to a key, or the lone certificate of that label. */
  public Optional<X509Certificate> certificate(String label) throws HsmException {
    return session.reader().certificate(label);
  }

  /** The certificate attached to a key with its issuers, leaf first; empty when it has none. */
  public List<X509Certificate> certificateChain(String label) throws HsmException {
    Optional<X509Certificate> leaf = certificate(label);
    return leaf.isEmpty() ? List.of() : session.chains().chainOf(leaf.get());
  }

  /** Takes the certificate off a key, or removes a lone certificate; a key itself stays. */
  public void deleteCertificate(String label) throws HsmException {
    session.client().deleteCertificate(label);
    session.certificateChanged(label);
    session.partition().forget(label);
  }

  /**
   * CA certificates that imports have left in the HSM and that no certificate there needs any more;
   * changes nothing. Reads every certificate of the partition.
   */
  public List<UnusedChainCertificate> unusedChainCertificates() throws HsmException {
    return new ChainCleanUp(session.client(), session.chains().fromFile()).unused();
  }

  /**
   * Removes what {@link #unusedChainCertificates()} finds. Not while somebody imports: an import
   * stores a chain before the certificate that needs it.
   *
   * @return what was removed
   */
  public List<UnusedChainCertificate> removeUnusedChainCertificates() throws HsmException {
    List<UnusedChainCertificate> unused = unusedChainCertificates();
    for (UnusedChainCertificate certificate : unused) {
      session.client().deleteCertificate(certificate.label());
      session.partition().forget(certificate.label());
    }
    session.chains().forget();
    return unused;
  }

  private static X509Certificate asAsked(CertificateReport report, String what)
      throws CertificateDiffersException {
    if (!report.isAsAsked()) {
      throw new CertificateDiffersException(
          what, report.differences(), JdkCrypto.encoded(report.certificate()));
    }
    return report.certificate();
  }

  /** The key as it is now: under its label another may have been made since it was read. */
  private KeyFacts currentKey(String label) throws HsmException {
    session.partition().forgetEntry(label);
    return key(label);
  }

  private KeyFacts key(String label) throws HsmException {
    PartitionEntry entry = session.partition().entry(label);
    if (entry instanceof PartitionEntry.KeyEntry key) {
      return key.facts();
    }
    if (entry instanceof PartitionEntry.LockedKey) {
      throw new HsmException(
          "key '" + label + "' has its own password: set keys.password." + label, null);
    }
    throw new HsmException(
        "there is no key '"
            + label
            + "' in the partition, or keys.include and keys.exclude hide it",
        null);
  }
}
