package io.hsmrest.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.KeyCreation;
import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.crypto.KeySpec;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.crypto.SignatureSettings;
import io.hsmrest.simulator.crypto.Signing;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The timestamp key (contract 2.6.2). */
class TimestampSignerTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final KeyMaterial KEY =
      new KeyCreation(RANDOM).create(KeySpec.ec("1.2.840.10045.3.1.7"));
  private static final TimestampSigner SIGNER =
      new TimestampSigner(new Signing(SignatureSettings.defaults(), RANDOM), KEY, "timestamp-key");
  private static final Instant TIME = Instant.parse("2026-03-04T15:16:17.890Z");
  private static final Payload PAYLOAD =
      Payload.use(Bytes.of("payload".getBytes(StandardCharsets.US_ASCII)));

  @Test
  void aTimestampIsSignedAsThePublishedSampleIs() throws Exception {
    TimestampSigner.Signed signed = SIGNER.sign(PAYLOAD, TIME);

    assertThat(Timestamp.parse(signed.timestamp()))
        .isEqualTo(new Timestamp(PAYLOAD, Instant.parse("2026-03-04T15:16:17Z"), "timestamp-key"));
    Signature verifier = Signature.getInstance("SHA256withECDSA");
    verifier.initVerify(
        KeyFactory.getInstance("EC")
            .generatePublic(
                new X509EncodedKeySpec(Objects.requireNonNull(KEY.publicKey()).toArray())));
    verifier.update(signed.timestamp().toArray());
    assertThat(verifier.verify(signed.signature().toArray())).isTrue();
    assertThat(HexFormat.of().formatHex(signed.signatureWithAlgorithm().toArray()))
        .as("ecdsa-with-SHA256 and a NULL")
        .contains("300c06082a8648ce3d0403020500");
  }

  @Test
  void onlyItsOwnSignaturesAreAccepted() {
    TimestampSigner.Signed signed = SIGNER.sign(PAYLOAD, TIME);
    TimestampSigner.Signed later = SIGNER.sign(PAYLOAD, TIME.plusSeconds(1));

    assertThat(SIGNER.verify(signed.timestamp(), signed.signatureWithAlgorithm())).isTrue();
    assertThat(SIGNER.verify(later.timestamp(), signed.signatureWithAlgorithm())).isFalse();
    assertThat(SIGNER.verify(signed.timestamp(), signed.signature())).isFalse();
    assertThat(SIGNER.verify(signed.timestamp(), Bytes.empty())).isFalse();
  }

  @Test
  void aPayloadThatFillsTheStructureIsRefused() {
    assertThatThrownBy(() -> SIGNER.sign(Payload.use(Bytes.of(new byte[65_536])), TIME))
        .isInstanceOfSatisfying(
            ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(701));
  }
}
