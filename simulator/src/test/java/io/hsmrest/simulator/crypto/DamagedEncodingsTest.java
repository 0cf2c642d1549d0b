package io.hsmrest.simulator.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is damaged on the way is refused or read as something else: nothing else comes out. */
class DamagedEncodingsTest {
  private static final CertificateTemplate TEMPLATE =
      new CertificateTemplate(
          SignatureAlgorithm.of("SHA256_WITH_ECDSA"),
          SubjectAttributes.ofCommonName("k"),
          1,
          true,
          List.of(KeyUsageName.CRL_SIGN),
          List.of(),
          List.of(),
          true);
  private static final Bytes CERTIFICATE =
      TestCertificates.CREATION.selfSign(TestKeys.p256(), TEMPLATE);
  private static final String REQUEST =
      TestCertificates.CREATION.request(TestKeys.p256(), TEMPLATE);

  @Test
  void certificates() {
    forEachDamage(
        CERTIFICATE, damaged -> CertificateFacts.read(damaged, Reason.INVALID_CERTIFICATE));
    forEachDamage(CERTIFICATE, damaged -> KeyImport.certificate(null, damaged));
    forEachDamage(
        CERTIFICATE,
        damaged -> TestCertificates.CREATION.issue(TestKeys.p256(), damaged, REQUEST, TEMPLATE));
  }

  @Test
  void certificateRequests() {
    Bytes der =
        Bytes.of(
            Base64.getMimeDecoder()
                .decode(
                    REQUEST
                        .lines()
                        .filter(line -> !line.startsWith("-"))
                        .reduce("", String::concat)));
    forEachDamage(
        der,
        damaged ->
            TestCertificates.CREATION.issue(
                TestKeys.p256(), CERTIFICATE, damaged.toBase64(), TEMPLATE));
  }

  static Stream<KeyMaterial> keys() {
    return Stream.of(
        TestKeys.p256(),
        TestKeys.ed(),
        TestKeys.key(KeySpec.rsa(1024)),
        TestKeys.key(KeySpec.sized("DSA", 1024)),
        TestKeys.key(KeySpec.named("LMS")));
  }

  @ParameterizedTest
  @MethodSource("keys")
  void keys(KeyMaterial key) {
    forEachDamage(
        Objects.requireNonNull(key.publicKey()),
        damaged -> KeyImport.publicKey(key.name(), damaged));
    if (key.family() != KeyFamily.LMS) {
      forEachDamage(
          Objects.requireNonNull(key.privateKey()),
          damaged -> KeyImport.keyPair(key.name(), damaged, null, null));
    }
  }

  /** Changes each byte in turn, and cuts behind each. */
  private static void forEachDamage(Bytes good, Consumer<Bytes> use) {
    int refused = 0;
    for (int i = 0; i < good.size(); i++) {
      byte[] altered = good.toArray();
      altered[i] ^= 0x15;
      refused += isRefused(use, altered) ? 1 : 0;
      refused += isRefused(use, Arrays.copyOf(good.toArray(), i)) ? 1 : 0;
    }
    assertThat(refused).isGreaterThanOrEqualTo(good.size());
  }

  private static boolean isRefused(Consumer<Bytes> use, byte[] damaged) {
    try {
      use.accept(Bytes.of(damaged));
      return false;
    } catch (ServiceRefusal e) {
      return true;
    }
  }
}
