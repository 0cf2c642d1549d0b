package io.hsmrest.tests.scenario.approval;

import static io.hsmrest.tests.scenario.approval.GatedHsm.failure;
import static io.hsmrest.tests.scenario.approval.GatedHsm.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.approval.UnknownRequestStateException;
import io.hsmrest.simulator.control.Fault;
import io.hsmrest.tests.scenario.Policies;
import java.security.SignatureException;
import java.util.Map;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Services that are newer than this project, hand results out once, or are away for a while. */
@Tag("scenario")
class OddServicesTest {
  private static final String IN_REVIEW =
      """
      {"id": "6947856a-e3a1-44cf-bb99-bbd2995642ca", "status": "IN_REVIEW", "executionTime": null,
       "approvedBy": [], "notYetApprovedBy": [], "rejectedBy": [], "result": null,
       "reviewer": "somebody"}""";

  private final GatedHsm gated = new GatedHsm("{\"behaviour\": {\"resultOnce\": true}}");

  @BeforeEach
  void makeKey() {
    gated.create("ca", gated.policies().use(1, "alice"));
  }

  @AfterEach
  void end() {
    gated.close();
  }

  private void answer(int looks) {
    gated
        .simulator()
        .faults()
        .add(
            Fault.answer(200, "application/json", IN_REVIEW)
                .on("GET", "/v1/request/")
                .times(looks));
  }

  @Test
  void anUnknownStateIsWarnedAboutOnceAndWaitedOnUntilItEndsWell() throws Exception {
    answer(5);
    Future<byte[]> signing = gated.signing("ca");
    String request = gated.awaitRequest();
    assertThat(gated.log().awaitWarning("IN_REVIEW")).contains(request).contains("waiting on");
    gated.simulator().approve(request, "alice");

    assertThat(gated.isGood(result(signing), "ca")).isTrue();
    assertThat(gated.log().warnings()).hasSize(1);
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));
  }

  @Test
  void anUnknownStateIsAnErrorThatNamesItWhenTheTimeIsOverAndTheRequestIsLeftAlone()
      throws Exception {
    answer(1_000_000);
    Future<byte[]> signing = gated.signing("ca", "approval.timeout = 300ms");
    String request = gated.awaitRequest();

    assertThat(failure(signing))
        .isInstanceOf(SignatureException.class)
        .hasMessageContaining(
            "request "
                + request
                + " to sign with key 'ca' is in a state that this version does not know after ")
        .hasMessageContaining("IN_REVIEW")
        .hasMessageContaining("approval.timeout is over and it was left as it is")
        .hasCauseInstanceOf(UnknownRequestStateException.class);
    assertThat(gated.requests()).containsExactly(Map.entry(request, "PENDING"));
    assertThat(gated.withdrawals()).isZero();
  }

  @Test
  void aResultThatIsHandedOutOnceIsNotLost() throws Exception {
    Future<byte[]> signing = gated.signing("ca");
    String request = gated.awaitAnnounced();
    gated.simulator().approve(request, "alice");

    assertThat(gated.isGood(result(signing), "ca")).isTrue();
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));
    assertThat(gated.resultOf(request)).as("handed out").isEmpty();
  }

  /** Executed before anybody could look at it, which is the first look as well. */
  @Test
  void aResultThatIsThereAtTheFirstLookIsNotLostEither() throws Exception {
    gated.create("free", Policies.free());
    gated.post("/v1/synchronousModify", gated.policies().modification("free", 1, "alice"));
    var keyStore = gated.keyStore();
    assertThat(keyStore.getKey("free", null)).isNotNull();
    gated.post("/v1/synchronousModify", Policies.liberation("free"));

    assertThat(gated.isGood(GatedHsm.sign(keyStore, "free"), "free")).isTrue();
    assertThat(gated.requests().values()).containsExactly("EXECUTED");
  }

  @Test
  void aServiceThatIsAwayForAWhileIsWaitedForLikeAnApprover() throws Exception {
    Future<byte[]> signing = gated.signing("ca", "http.deadline = 200ms");
    String request = gated.awaitAnnounced();
    gated
        .simulator()
        .faults()
        .add(Fault.answer(503, "text/plain", "maintenance").on("GET", "/v1/request/").times(10));
    gated.simulator().approve(request, "alice");

    assertThat(gated.isGood(result(signing), "ca")).isTrue();
    assertThat(gated.requests()).containsExactly(Map.entry(request, "EXECUTED"));
  }
}
