package io.hsmrest.simulator.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hsmrest.simulator.crypto.Bytes;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The published sample G11 of the contract. */
class GoldenApprovalTest {
  private static final Bytes SAMPLE =
      Bytes.ofBase64(
          "/AAAADsABAABAAAAAhApAFRFU1RLRVkyMDIwLTAzLTE2XzEwLTQxLTA2LjM4NDY2MDA0MzcxMDAwAAAAVBBE"
              + "AEAAAABXEBYAQXBwcm92ZVNpZ25UYXNrUGF5bG9hZAAABwEIALRJb14AAAAAAhASAHRlc3QtdGltZXN0"
              + "YW1wLWtleQAAVhBbADBZMAwGCCqGSM49BAMCBQADSQAwRgIhAKLnz8NtSThbVkSMjj8Zwl45vmyQ4bL/"
              + "XMbLxV0RYa5mAiEAudcZnBwJ8SAXvTpcgvbP4wPbID8/Ia+vmcoRqAlXjlkAVxAWAEFwcHJvdmVTaWdu"
              + "VGFza1BheWxvYWQAAA==");

  @Test
  void itsPartsAreThoseThatTheContractNames() {
    ApprovalToBeSigned approval = ApprovalToBeSigned.parse(SAMPLE);
    Timestamp timestamp = Timestamp.parse(approval.timestamp());
    Payload payload =
        Payload.use(Bytes.of("ApproveSignTaskPayload".getBytes(StandardCharsets.US_ASCII)));

    assertThat(approval.operation()).isEqualTo(Operation.USE);
    assertThat(approval.keyLabel()).isEqualTo("TESTKEY2020-03-16_10-41-06.38466004371000");
    assertThat(approval.payload()).isEqualTo(payload);
    assertThat(timestamp.payload()).isEqualTo(payload);
    assertThat(timestamp.keyLabel()).isEqualTo("test-timestamp-key");
    assertThat(timestamp.time()).isEqualTo(Instant.parse("2020-03-16T09:41:08Z"));
  }

  @Test
  void itIsWrittenAgainByteForByte() {
    ApprovalToBeSigned approval = ApprovalToBeSigned.parse(SAMPLE);
    Timestamp timestamp = Timestamp.parse(approval.timestamp());

    assertThat(timestamp.toBytes()).isEqualTo(approval.timestamp());
    assertThat(
            new ApprovalToBeSigned(
                    Operation.USE,
                    approval.keyLabel(),
                    timestamp.toBytes(),
                    approval.timestampSignature(),
                    Payload.use(
                        Bytes.of("ApproveSignTaskPayload".getBytes(StandardCharsets.US_ASCII))))
                .toBytes()
                .toBase64())
        .isEqualTo(SAMPLE.toBase64());
    SignatureWithAlgorithm signature = SignatureWithAlgorithm.parse(approval.timestampSignature());
    assertThat(signature.toDer()).isEqualTo(approval.timestampSignature());
  }

  @Test
  void theSampleOfALevelFourTimestampIsRead() {
    Bytes sample =
        Bytes.ofBase64("MAAAAFcQCABIYWxsb2FzZAcBCABW8bxmAAAAAAIQEgB0ZXN0LXRpbWVzdGFtcC1rZXkAAA==");

    Timestamp timestamp = Timestamp.parse(sample);

    assertThat(timestamp.time()).isEqualTo(Instant.parse("2024-08-14T18:03:02Z"));
    assertThat(timestamp.toBytes()).isEqualTo(sample);
  }

  @Test
  void whatIsCutOffOrGoesOnIsRefused() {
    byte[] sample = SAMPLE.toArray();
    for (int length = 0; length <= sample.length + 4; length++) {
      if (length != sample.length) {
        Bytes other = Bytes.of(Arrays.copyOf(sample, length));
        assertThatIllegalArgumentException().isThrownBy(() -> ApprovalToBeSigned.parse(other));
      }
    }
  }

  /** Whatever single byte is changed, it is refused or seen: nothing is read over. */
  @Test
  void everyByteCounts() {
    byte[] sample = SAMPLE.toArray();
    for (int i = 0; i < sample.length; i++) {
      byte[] altered = sample.clone();
      altered[i] ^= 1;
      Bytes bytes = Bytes.of(altered);
      try {
        assertThat(ApprovalToBeSigned.parse(bytes).toBytes()).isEqualTo(bytes).isNotEqualTo(SAMPLE);
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageStartingWith("malformed structure");
      }
    }
  }
}
