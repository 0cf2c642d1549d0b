package io.hsmrest.simulator.crypto;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Certificates that several tests use. */
final class TestCertificates {
  static final Instant NOW = Instant.parse("2026-03-04T15:16:17.890Z");
  static final CertificateCreation CREATION = creation(true);

  private TestCertificates() {}

  static CertificateCreation creation(boolean requestedExtensionsInIssued) {
    return new CertificateCreation(
        TestKeys.SIGNING,
        Clock.fixed(NOW, ZoneOffset.UTC),
        TestKeys.RANDOM,
        requestedExtensionsInIssued);
  }

  static Bytes selfSigned(KeyMaterial key, String commonName) {
    return CREATION.selfSign(
        key, template(key, SubjectAttributes.ofCommonName(commonName), null, true));
  }

  static CertificateTemplate template(
      KeyMaterial key, SubjectAttributes subject, @Nullable Integer days, boolean authority) {
    return new CertificateTemplate(
        algorithm(key), subject, days, authority, List.of(), List.of(), List.of(), false);
  }

  static SignatureAlgorithm algorithm(KeyMaterial key) {
    return SignatureAlgorithm.of(
        switch (key.family()) {
          case RSA -> "SHA256_WITH_RSA";
          case ED -> "EDDSA";
          default -> "SHA256_WITH_ECDSA";
        });
  }
}
