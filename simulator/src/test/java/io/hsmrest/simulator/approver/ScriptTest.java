package io.hsmrest.simulator.approver;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.simulator.config.SettingsFile;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.operation.Hsm;
import io.hsmrest.simulator.operation.KeyMaking;
import io.hsmrest.simulator.operation.RequestKind;
import io.hsmrest.simulator.operation.SystemKeys;
import io.hsmrest.simulator.request.Tenant;
import io.hsmrest.simulator.state.Partition;
import io.hsmrest.simulator.state.RequestStatus;
import io.hsmrest.simulator.state.Store;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Approvers who act by themselves, once their time has come. */
class ScriptTest {
  private Instant now = Instant.parse("2026-03-01T12:00:00Z");

  private final Clock clock =
      new Clock() {
        @Override
        public Instant instant() {
          return now;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException();
        }
      };

  private final Hsm hsm =
      new Hsm(
          SettingsFile.parse(
              """
              {"approvers": [{"name": "alice", "does": "approve", "afterSeconds": 3},
                             {"name": "bob"},
                             {"name": "carl", "does": "reject", "afterSeconds": 10}]}
              """),
          clock,
          new SecureRandom());
  private final Store store = Store.inMemory();
  private final Tenant tenant = Tenant.of(hsm, Partition.open(store, "default", 10));
  private final Approvers approvers = new Approvers(hsm, List.of(tenant), store.signers());

  private UUID ask(int quorum, String... names) {
    SystemKeys.make(hsm, tenant.partition());
    StringBuilder approvals = new StringBuilder();
    for (String name : names) {
      approvals
          .append(approvals.isEmpty() ? "" : ", ")
          .append("{\"type\": \"public_key\", \"value\": \"")
          .append(approvers.publicKey(name))
          .append("\"}");
    }
    String key =
        """
        {"label": "k", "algorithm": "EC", "curveOid": "1.2.840.10045.3.1.7",
         "attributes": {"sign": true, "decrypt": false, "unwrap": false},
         "policy": {"keyStatus": {"blocked": false}, "ruleUse": {"tokens": [
           {"timelock": 0, "timeout": 60, "groups": [{"quorum": %d, "approvals": [%s]}]}]}}}
        """
            .formatted(quorum, approvals);
    new KeyMaking(hsm, tenant.partition()).create(Fields.of(bytes(key), false));
    String request =
        """
        {"signRequest": {"payload": "QUJD", "signKeyName": "k",
         "signatureAlgorithm": "SHA256_WITH_ECDSA"}}
        """;
    return tenant.requests().submit(RequestKind.SIGN, bytes(request)).id();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private RequestStatus statusAfter(int seconds, UUID request) {
    now = now.plusSeconds(seconds);
    try (Script script = new Script(hsm, approvers)) {
      script.look();
    }
    return tenant.requests().find(request).status();
  }

  @Test
  void anApproverApprovesAfterItsTime() {
    UUID request = ask(1, "alice");
    assertThat(statusAfter(2, request)).isEqualTo(RequestStatus.PENDING);
    assertThat(statusAfter(1, request)).isEqualTo(RequestStatus.EXECUTED);
  }

  @Test
  void anApproverRejectsAfterItsTime() {
    UUID request = ask(2, "alice", "carl");
    assertThat(statusAfter(9, request)).isEqualTo(RequestStatus.PENDING);
    assertThat(tenant.requests().find(request).progress().approvedBy()).hasSize(1);
    assertThat(statusAfter(1, request)).isEqualTo(RequestStatus.REJECTED);
  }

  @Test
  void anApproverWhoDoesNothingLetsTheRequestExpire() {
    UUID request = ask(1, "bob");
    assertThat(statusAfter(59, request)).isEqualTo(RequestStatus.PENDING);
    assertThat(statusAfter(2, request)).isEqualTo(RequestStatus.EXPIRED);
  }
}
