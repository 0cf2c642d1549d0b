package io.hsmrest.tests.scenario.approval;

import static io.hsmrest.tests.scenario.approval.GatedHsm.failure;
import static io.hsmrest.tests.scenario.approval.GatedHsm.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.approval.ApprovalFailedException;
import java.io.IOException;
import java.security.KeyStore;
import java.security.SignatureException;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Keys that somebody has blocked, before and while people decide about a use. */
@Tag("scenario")
class BlockedKeyTest {
  private GatedHsm gated = new GatedHsm();

  @AfterEach
  void end() {
    gated.close();
  }

  private void create() {
    gated.create("ca", gated.policies().use(1, "alice"));
  }

  private void block() throws IOException {
    gated.post("/v1/synchronousBlock", "{\"blockRequest\": {\"blockKeyName\": \"ca\"}}");
  }

  private void unblock() throws IOException {
    gated.post("/v1/synchronousUnblock", "{\"unblockRequest\": {\"unblockKeyName\": \"ca\"}}");
  }

  /** The service says FAILED and no more. */
  @Test
  void aKeyThatIsBlockedWhileItWaitsFailsAndTheMessageNamesThatCause() throws Exception {
    create();
    Future<byte[]> signing = gated.signing("ca");
    String request = gated.awaitAnnounced();
    block();
    gated.simulator().approve(request, "alice");

    assertThat(failure(signing))
        .isInstanceOf(SignatureException.class)
        .hasCauseInstanceOf(ApprovalFailedException.class)
        .hasMessageContaining("request " + request + " to sign with key 'ca' failed in the HSM")
        .hasMessageContaining("FAILED, 1 of 1 approvals")
        .hasMessageContaining("blocked");
    assertThat(gated.requests()).containsExactly(Map.entry(request, "FAILED"));
    assertThat(gated.withdrawals()).isZero();
  }

  @Test
  void aKeyThatIsUnblockedBeforePeopleHaveDecidedSigns() throws Exception {
    create();
    Future<byte[]> signing = gated.signing("ca");
    String request = gated.awaitAnnounced();
    block();
    unblock();
    gated.simulator().approve(request, "alice");

    assertThat(gated.isGood(result(signing), "ca")).isTrue();
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));
  }

  /** People would approve, and the HSM would refuse all the same. */
  @Test
  void nobodyIsAskedForAKeyThatIsKnownToBeBlocked() throws Exception {
    create();
    block();
    Future<byte[]> signing = gated.signing("ca");

    assertThat(failure(signing))
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining("'ca'")
        .hasMessageContaining("blocked");
    assertThat(gated.requests()).isEmpty();
  }

  /** What was read of the key may be minutes old. */
  @Test
  void aKeyThatHasBeenUnblockedSinceItWasReadIsUsed() throws Exception {
    create();
    block();
    KeyStore keyStore = gated.keyStore();
    assertThat(keyStore.getKey("ca", null)).isNotNull();
    unblock();

    Future<byte[]> signing = gated.running(() -> GatedHsm.sign(keyStore, "ca"));
    gated.simulator().approve(gated.awaitAnnounced(), "alice");
    assertThat(gated.isGood(result(signing), "ca")).isTrue();
  }

  @Test
  void aServiceThatRefusesAtOnceIsQuoted() throws Exception {
    gated.close();
    gated = new GatedHsm("{\"behaviour\": {\"blockedAsync\": \"refused\"}}");
    create();
    KeyStore keyStore = gated.keyStore();
    assertThat(keyStore.getKey("ca", null)).isNotNull();
    block();

    assertThatThrownBy(() -> GatedHsm.sign(keyStore, "ca"))
        .isInstanceOf(SignatureException.class)
        .hasMessageStartingWith("SHA256withECDSA with key 'ca': ")
        .hasMessageContaining("701")
        .hasMessageContaining("The key operation failed as the key is blocked");
    assertThat(gated.requests()).isEmpty();
    assertThat(gated.simulator().requests()).containsEntry("POST /v1/sign", 1L);
  }
}
