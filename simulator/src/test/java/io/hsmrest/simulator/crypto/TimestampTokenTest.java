package io.hsmrest.simulator.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.tsp.TimeStampToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** RFC 3161 time stamps (contract 2.8). */
class TimestampTokenTest {
  private static final TimestampToken TOKENS =
      new TimestampToken(
          TestKeys.SIGNING, Clock.fixed(TestCertificates.NOW, ZoneOffset.UTC), TestKeys.RANDOM);

  static Stream<KeyMaterial> keys() {
    return Stream.of(TestKeys.rsa(), TestKeys.p256());
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aTokenStampsTheHashWithTheTime(KeyMaterial key) throws Exception {
    Bytes certificate = certificate(key);
    Bytes payload = TestKeys.text("document");

    TimeStampToken token =
        new TimeStampToken(
            new CMSSignedData(TOKENS.create(key, certificate, payload, "SHA384").toArray()));

    assertThat(token.getTimeStampInfo().getMessageImprintDigest())
        .isEqualTo(Hash.SHA384.of(payload.toArray()));
    assertThat(token.getTimeStampInfo().getGenTime())
        .isEqualTo(Instant.parse("2026-03-04T15:16:17Z"));
    token.validate(
        new JcaSimpleSignerInfoVerifierBuilder()
            .setProvider(BouncyCastle.provider())
            .build(CertificateFacts.holder(certificate, Reason.INVALID_CERTIFICATE)));
  }

  @Test
  void anUnknownHashIsRefused() {
    assertThatThrownBy(
            () ->
                TOKENS.create(
                    TestKeys.rsa(), certificate(TestKeys.rsa()), TestKeys.text("x"), "MD5"))
        .isInstanceOfSatisfying(
            ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(600));
  }

  private static Bytes certificate(KeyMaterial key) {
    return TestCertificates.CREATION.selfSign(
        key,
        new CertificateTemplate(
            TestCertificates.algorithm(key),
            SubjectAttributes.ofCommonName("rfc-timestamp-key"),
            3650,
            false,
            List.of(KeyUsageName.DIGITAL_SIGNATURE),
            List.of(ExtendedKeyUsageName.TIME_STAMPING),
            List.of(),
            false));
  }
}
