package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The certificates a CA sends back: one in DER, several in PEM with whatever text around them, or
 * PKCS#7, which is a set without order. Finds the one of the key, and the chain above it.
 */
final class CertificateBundle {
  private CertificateBundle() {}

  static List<X509Certificate> read(byte[] encoded) throws HsmException {
    try {
      List<X509Certificate> certificates = JdkCrypto.certificates(encoded);
      if (certificates.isEmpty()) {
        throw new HsmException(
            "there is no certificate in what was given; DER, PEM and PKCS#7 can be imported", null);
      }
      return certificates;
    } catch (CertificateException e) {
      throw new HsmException(
          "what was given is no certificate in DER, PEM or PKCS#7: " + e.getMessage(), e);
    }
  }

  /**
   * The chain of a key, leaf first, out of certificates in any order; those that are no part of it
   * are left out. Of several certificates of the key the one that begins last is taken.
   */
  static List<X509Certificate> chainOf(
      PublicKey key, List<X509Certificate> certificates, String label, Instant now)
      throws HsmException {
    X509Certificate leaf =
        certificates.stream()
            .filter(certificate -> JdkCrypto.sameKey(certificate.getPublicKey(), key))
            .max(Comparator.comparing(X509Certificate::getNotBefore))
            .orElseThrow(() -> belongsToAnotherKey(certificates.get(0), label));
    return ChainSearch.best(among(certificates), leaf, now).certificates();
  }

  private static ChainSearch.Issuers among(List<X509Certificate> certificates) {
    return new ChainSearch.Issuers() {
      @Override
      public Optional<X509Certificate> stored(X509Certificate child) {
        return Optional.empty();
      }

      @Override
      public List<X509Certificate> named(X509Certificate child) {
        return certificates;
      }
    };
  }

  /**
   * Refuses a chain that is none.
   *
   * @param chain leaf first
   */
  static void check(PublicKey key, List<X509Certificate> chain, String label) throws HsmException {
    if (chain.isEmpty()) {
      throw new HsmException("no certificate was given for key '" + label + "'", null);
    }
    if (!JdkCrypto.sameKey(chain.get(0).getPublicKey(), key)) {
      throw belongsToAnotherKey(chain.get(0), label);
    }
    List<X509Certificate> seen = new ArrayList<>();
    for (X509Certificate certificate : chain) {
      if (seen.contains(certificate)
          || !seen.isEmpty() && !Issuance.issued(certificate, seen.get(seen.size() - 1))) {
        throw new HsmException(
            "the chain for key '"
                + label
                + "' is none: '"
                + certificate.getSubjectX500Principal()
                + "' did not issue '"
                + seen.get(seen.size() - 1).getSubjectX500Principal()
                + "' before it; nothing was changed",
            null);
      }
      seen.add(certificate);
    }
  }

  private static HsmException belongsToAnotherKey(X509Certificate certificate, String label) {
    return new HsmException(
        "the certificate for '"
            + certificate.getSubjectX500Principal()
            + "' belongs to another key than '"
            + label
            + "'; nothing was changed",
        null);
  }
}
