package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests of a run that has crashed, which the journal knows. */
@Timeout(60)
class TakenUpTest {
  private static final Octets PAYLOAD = TestSigning.payload("ours");

  @TempDir private Path folder;

  private final VirtualTime time = new VirtualTime();
  private final InMemoryApprovals service = new InMemoryApprovals(time);
  private final TestSigning signing = new TestSigning(service::submitSign, PAYLOAD);

  private RequestJournal journal() {
    return new RequestJournal(folder, "[http://a]");
  }

  private ApprovedRequests requests(String... settings) throws HsmException {
    ApprovalSettings approvals =
        Clients.approvals("approval.resume=true\n" + String.join("\n", settings));
    return new ApprovedRequests(
        approvals,
        new ApprovalWaiter(
            service, approvals, new ApprovalListener() {}, time, new VirtualAlarm(time), () -> 0L),
        new RequestLedger(service, time),
        new Resumption(service, approvals, journal()),
        time);
  }

  /** What an earlier run asked for, and noted. */
  private String noted(RequestState end, Duration after) {
    String id = service.earlier(PAYLOAD, end, after);
    journal().opened(signing.identity(), id);
    return id;
  }

  private String resultOf(String id) {
    return PAYLOAD.toBase64() + ":" + id;
  }

  private void assertNothingNoted() {
    assertThat(journal().open(signing.identity())).isEmpty();
  }

  @Test
  void oneThatIsStillOpenIsWaitedFor() throws Exception {
    String id = noted(RequestState.EXECUTED, Duration.ofMinutes(2));
    assertThat(requests().run(signing)).isEqualTo(resultOf(id));
    assertThat(service.requestsFor(PAYLOAD)).containsExactly(id);
    assertNothingNoted();
  }

  @Test
  void theResultOfOneThatIsExecutedIsTaken() throws Exception {
    service.handingOutOnce();
    String id = noted(RequestState.EXECUTED, Duration.ZERO);
    assertThat(requests().run(signing)).isEqualTo(resultOf(id));
    assertThat(service.requestsFor(PAYLOAD)).containsExactly(id);
    assertNothingNoted();
  }

  @Test
  void whereTheResultIsGonePeopleAreAskedAnew() throws Exception {
    String id = noted(RequestState.EXECUTED, Duration.ZERO);
    service.dropResult(id);
    assertAskedAnew(id);
  }

  @Test
  void aResultOfSomethingElseIsNotTaken() throws Exception {
    String id = service.foreign(RequestState.EXECUTED, Duration.ZERO);
    journal().opened(signing.identity(), id);
    assertThat(requests().run(signing)).isEqualTo(resultOf("request-00001"));
  }

  @ParameterizedTest
  @EnumSource(names = {"CANCELLED", "EXPIRED"})
  void whatCannotBeApprovedAnyMoreIsAskedAnew(RequestState end) throws Exception {
    assertAskedAnew(noted(end, Duration.ZERO));
  }

  private void assertAskedAnew(String id) throws HsmException {
    assertThat(requests().run(signing)).isEqualTo(resultOf("request-00001"));
    assertThat(service.requestsFor(PAYLOAD)).containsExactly(id, "request-00001");
    assertNothingNoted();
  }

  @Test
  void oneThatTheServiceDoesNotKnowIsAskedAnew() throws Exception {
    journal().opened(signing.identity(), "forgotten");
    assertThat(requests().run(signing)).isEqualTo(resultOf("request-00000"));
    assertNothingNoted();
  }

  @Test
  void aNoOfThePeopleIsTakenAsSuchAndNotAskedForAgain() throws Exception {
    String id = noted(RequestState.REJECTED, Duration.ZERO);
    ApprovedRequests requests = requests();
    assertThatThrownBy(() -> requests.run(signing)).isInstanceOf(ApprovalRejectedException.class);
    assertThat(service.requestsFor(PAYLOAD)).containsExactly(id);
    // The next time is a new question.
    assertNothingNoted();
    assertThat(requests.run(signing)).isEqualTo(resultOf("request-00001"));
  }

  @Test
  void aServiceThatIsAwayIsAnErrorAndTheNoteStays() throws Exception {
    String id = noted(RequestState.EXECUTED, Duration.ofHours(1));
    ApprovedRequests requests = requests();
    service.silent(true);
    assertThatThrownBy(() -> requests.run(signing)).isInstanceOf(HsmConnectionException.class);
    assertThat(journal().open(signing.identity())).contains(id);
    assertThat(service.requestsFor(PAYLOAD)).containsExactly(id);
  }

  @Test
  void whatIsWaitedForIsNotedMeanwhile() throws Exception {
    List<String> noted = new java.util.ArrayList<>();
    service.beforeEachLook(() -> noted.add(journal().open(signing.identity()).orElse("nothing")));
    requests().run(signing);
    assertThat(noted).isNotEmpty().containsOnly("request-00000");
    assertNothingNoted();
  }

  @Test
  void whatIsGivenUpAndCancelledIsForgotten() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    service.taking(Duration.ofDays(1)).onCancellation(id -> cancelled.countDown());
    ApprovedRequests requests = requests();
    assertThatThrownBy(() -> requests.run(signing)).isInstanceOf(ApprovalTimedOutException.class);
    cancelled.await();
    assertThat(service.cancelled()).containsExactly("request-00000");
    assertNothingNoted();
  }

  @Test
  void whatIsGivenUpAndKeptIsTakenUpTheNextTime() throws Exception {
    service.taking(Duration.ofMinutes(15));
    ApprovedRequests requests = requests("approval.onGiveUp=keep");
    assertThatThrownBy(() -> requests.run(signing)).isInstanceOf(ApprovalTimedOutException.class);
    assertThat(journal().open(signing.identity())).contains("request-00000");
    assertThat(requests.run(signing)).isEqualTo(resultOf("request-00000"));
    assertThat(service.requestsFor(PAYLOAD)).hasSize(1);
    assertNothingNoted();
  }
}
