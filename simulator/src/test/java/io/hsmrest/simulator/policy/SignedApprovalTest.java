package io.hsmrest.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries of {@code signedApprovals} (contract 2.6.6). */
class SignedApprovalTest {
  private static final Bytes CONTENT = Bytes.of("approve".getBytes(StandardCharsets.US_ASCII));

  @ParameterizedTest
  @CsvSource({
    "RSA, SHA-256",
    "RSA, SHA3-512",
    "EC, SHA-384",
    "EC, SHA3-256",
    "DSA, SHA-256",
    "Ed25519, EdDSA"
  })
  void anEntryIsReadBackAndChecked(String type, String digest) {
    TestApprover approver = TestApprover.create(type);
    SignedApproval entry =
        SignedApproval.of(
            CONTENT, digest, approver.sign(digest, CONTENT), approver.publicKey(), false);

    SignedApproval read = SignedApproval.parse(entry.toBytes());

    assertThat(read).isEqualTo(entry);
    assertThat(read.publicKey()).isEqualTo(approver.publicKey());
    assertThatCode(read::check).doesNotThrowAnyException();
  }

  @Test
  void aCertificateStandsForItsKey() {
    TestApprover approver = TestApprover.named("A");
    SignedApproval entry =
        SignedApproval.of(
            CONTENT, "SHA-256", approver.sign("SHA-256", CONTENT), approver.certificate("A"), true);

    SignedApproval read = SignedApproval.parse(entry.toBytes());

    assertThat(read.byCertificate()).isTrue();
    assertThat(read.publicKey()).isEqualTo(approver.publicKey());
    assertThatCode(read::check).doesNotThrowAnyException();
  }

  @Test
  void someoneElsesSignatureIsRefused() {
    SignedApproval entry =
        SignedApproval.of(
            CONTENT,
            "SHA-256",
            TestApprover.named("B").sign("SHA-256", CONTENT),
            TestApprover.named("A").publicKey(),
            false);

    assertThatThrownBy(entry::check)
        .isInstanceOfSatisfying(
            ServiceRefusal.class, refusal -> assertThat(refusal.errorCode()).isEqualTo(403));
  }

  @Test
  void whatIsCutOffIsRefused() {
    TestApprover approver = TestApprover.named("A");
    byte[] entry =
        SignedApproval.of(
                CONTENT, "SHA-256", approver.sign("SHA-256", CONTENT), approver.publicKey(), false)
            .toBytes()
            .toArray();

    for (int length = 0; length < entry.length; length++) {
      Bytes cut = Bytes.of(Arrays.copyOf(entry, length));
      assertThatIllegalArgumentException().isThrownBy(() -> SignedApproval.parse(cut));
    }
  }
}
