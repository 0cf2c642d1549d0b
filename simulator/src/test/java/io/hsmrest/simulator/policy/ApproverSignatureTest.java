package io.hsmrest.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.KeyCreation;
import io.hsmrest.simulator.crypto.KeyMaterial;
import io.hsmrest.simulator.crypto.KeySpec;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.crypto.SignInput;
import io.hsmrest.simulator.crypto.SignatureAlgorithm;
import io.hsmrest.simulator.crypto.SignatureSettings;
import io.hsmrest.simulator.crypto.SignatureType;
import io.hsmrest.simulator.crypto.Signing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What approvers sign (contract 2.6.1, 2.6.3). */
class ApproverSignatureTest {
  private static final Bytes CONTENT =
      Bytes.of("2026-01-31T12:00:00.123Z".getBytes(StandardCharsets.US_ASCII));
  private static final Bytes OTHER =
      Bytes.of("2026-01-31T12:00:00.124Z".getBytes(StandardCharsets.US_ASCII));

  static Stream<Arguments> schemes() {
    return Stream.of("RSA", "EC", "DSA")
        .map(TestApprover::create)
        .flatMap(
            approver ->
                Stream.of(
                        "SHA-224",
                        "SHA-256",
                        "SHA-384",
                        "SHA-512",
                        "SHA3-224",
                        "SHA3-256",
                        "SHA3-384",
                        "SHA3-512")
                    .map(digest -> Arguments.of(approver, digest)));
  }

  @ParameterizedTest
  @MethodSource("schemes")
  void everyDigestOfEveryKeyTypeIsChecked(TestApprover approver, String digest) {
    Bytes signature = approver.sign(digest, CONTENT);

    ApproverSignature.check(approver.publicKey(), digest, CONTENT, signature);
    assertRefused(
        403, () -> ApproverSignature.check(approver.publicKey(), digest, OTHER, signature));
    assertRefused(
        403,
        () ->
            ApproverSignature.check(
                approver.publicKey(),
                digest.equals("SHA-256") ? "SHA-512" : "SHA-256",
                CONTENT,
                signature));
  }

  @Test
  void ed25519NeedsNoDigest() {
    TestApprover approver = TestApprover.create("Ed25519");
    Bytes signature = approver.sign("EdDSA", CONTENT);

    ApproverSignature.check(approver.publicKey(), "EdDSA", CONTENT, signature);
    ApproverSignature.check(approver.publicKey(), "SHA-512", CONTENT, signature);
    assertRefused(
        403, () -> ApproverSignature.check(approver.publicKey(), "EdDSA", OTHER, signature));
  }

  @Test
  void someoneElsesSignatureIsRefused() {
    Bytes signature = TestApprover.named("A").sign("SHA-256", CONTENT);

    assertRefused(
        403,
        () ->
            ApproverSignature.check(
                TestApprover.named("B").publicKey(), "SHA-256", CONTENT, signature));
  }

  @Test
  void whatIsNoSignatureIsRefused() {
    for (Bytes signature : new Bytes[] {Bytes.empty(), CONTENT, Bytes.of(new byte[64])}) {
      for (String type : new String[] {"RSA", "EC", "Ed25519"}) {
        assertRefused(
            403,
            () ->
                ApproverSignature.check(
                    TestApprover.create(type).publicKey(), "SHA-256", CONTENT, signature));
      }
    }
  }

  @Test
  void anEcSignatureMustBeDer() {
    SecureRandom random = new SecureRandom();
    KeyMaterial key = new KeyCreation(random).create(KeySpec.ec("1.2.840.10045.3.1.7"));
    Bytes raw =
        new Signing(SignatureSettings.defaults(), random)
            .sign(
                key,
                SignInput.of(SignatureAlgorithm.of("SHA256_WITH_ECDSA"), CONTENT)
                    .as(SignatureType.RAW))
            .signature();

    assertRefused(
        403,
        () ->
            ApproverSignature.check(
                Objects.requireNonNull(key.publicKey()), "SHA-256", CONTENT, raw));
  }

  @Test
  void unknownDigestsAndKeysAreRefused() {
    Bytes key = TestApprover.named("A").publicKey();
    assertRefused(600, () -> ApproverSignature.check(key, "SHA-1", CONTENT, CONTENT));
    assertRefused(600, () -> ApproverSignature.check(key, "EdDSA", CONTENT, CONTENT));
    assertRefused(407, () -> ApproverSignature.check(CONTENT, "SHA-256", CONTENT, CONTENT));
    Bytes mlDsa =
        Objects.requireNonNull(
            new KeyCreation(new SecureRandom()).create(KeySpec.named("ML-DSA-44")).publicKey());
    assertRefused(601, () -> ApproverSignature.check(mlDsa, "SHA-256", CONTENT, CONTENT));
    assertThat(ApproverSignature.isDigest("SHA3-384")).isTrue();
    assertThat(ApproverSignature.isDigest("SHA384")).isFalse();
  }

  private static void assertRefused(int code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(code));
  }
}
