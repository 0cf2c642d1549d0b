package io.hsmrest.keystore;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * One way from a leaf upward, and how good it is.
 *
 * @param certificates leaf first
 * @param complete whether the last one is self-signed
 * @param detours at how many places it does not follow the issuer that was stored for a certificate
 * @param unfit how many issuers are not valid now or no CA, a root that ends the chain left out:
 *     clients go by their own copy of it
 * @param expires when the first issuer on the way expires
 */
record CertificateChain(
    List<X509Certificate> certificates,
    boolean complete,
    int detours,
    long unfit,
    Instant expires) {

  /**
   * Best first. A chain that was stored with its leaf is what the operator wants to see, unless it
   * does not work any more and another one does.
   */
  static final Comparator<CertificateChain> BEST =
      Comparator.comparingLong(CertificateChain::unfit)
          .thenComparingInt(CertificateChain::detours)
          .thenComparing(chain -> !chain.complete())
          .thenComparingInt(chain -> chain.certificates().size())
          .thenComparing(CertificateChain::expires, Comparator.reverseOrder());

  static CertificateChain of(
      List<X509Certificate> certificates, boolean complete, int detours, Instant now) {
    int intermediates = complete ? certificates.size() - 1 : certificates.size();
    return new CertificateChain(
        List.copyOf(certificates),
        complete,
        detours,
        certificates.subList(Math.min(1, intermediates), intermediates).stream()
            .filter(certificate -> !Issuance.mayIssue(certificate, now))
            .count(),
        certificates.stream()
            .skip(1)
            .map(certificate -> certificate.getNotAfter().toInstant())
            .min(Comparator.naturalOrder())
            .orElse(Instant.MAX));
  }

  /** Whether there is nothing to look for elsewhere. */
  boolean isSound() {
    return complete && unfit == 0;
  }

  X509Certificate last() {
    return certificates.get(certificates.size() - 1);
  }
}
