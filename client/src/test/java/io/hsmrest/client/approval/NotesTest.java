package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.CapturedLogs;
import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.RequestSummary;
import io.hsmrest.client.model.ServiceError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Notes of open requests that stay, and notes that go. */
@Timeout(60)
class NotesTest {
  private static final Octets PAYLOAD = TestSigning.payload("ours");

  @TempDir private Path folder;

  private final VirtualTime time = new VirtualTime();
  private final InMemoryApprovals service = new InMemoryApprovals(time);
  private final TestSigning signing = new TestSigning(service::submitSign, PAYLOAD);
  private final RequestLedger ledger = new RequestLedger(service, time);
  private @Nullable HsmException refusal;
  private boolean resultIsAway;

  /** What a note is looked up with; refuses on demand. */
  private final RequestClient lookedUp =
      new RequestClient() {
        @Override
        public RequestStatus readRequest(String requestId) throws HsmException {
          if (refusal != null) {
            throw refusal;
          }
          return service.readRequest(requestId);
        }

        @Override
        public void cancelRequest(String requestId) throws HsmException {
          service.cancelRequest(requestId);
        }

        @Override
        public List<RequestSummary> listRequests(Set<RequestState> states) throws HsmException {
          return service.listRequests(states);
        }

        @Override
        public void close() {
          service.close();
        }
      };

  /** The result of this one has to be fetched from somewhere else. */
  private final ApprovedOperation<String> fetching =
      new ApprovedOperation<>() {
        @Override
        public Optional<String> runDirectly() {
          return Optional.empty();
        }

        @Override
        public PendingApproval pending(String requestId) {
          return signing.pending(requestId);
        }

        @Override
        public String submit() throws HsmException {
          return signing.submit();
        }

        @Override
        public String read(RequestStatus executed) throws HsmException {
          if (resultIsAway) {
            throw new HsmConnectionException("the certificate was not read", 1, false, null);
          }
          return signing.read(executed);
        }

        @Override
        public boolean isOurs(String result) {
          return signing.isOurs(result);
        }

        @Override
        public String identity() {
          return signing.identity();
        }
      };

  private RequestJournal journal() {
    return new RequestJournal(folder, "[http://a]");
  }

  private ApprovedRequests requests() throws HsmException {
    ApprovalSettings approvals = Clients.approvals("approval.resume=true");
    return new ApprovedRequests(
        approvals,
        new ApprovalWaiter(
            service, approvals, new ApprovalListener() {}, time, new VirtualAlarm(time), () -> 0L),
        ledger,
        new Resumption(lookedUp, approvals, journal()),
        time);
  }

  private String resultOf(String id) {
    return PAYLOAD.toBase64() + ":" + id;
  }

  @ParameterizedTest
  @CsvSource({"400, 609", "403, 0", "404, 0", "404, 650"})
  void aNoteThatIsRefusedIsDroppedAndTheOperationGoesOn(int status, int code) throws Exception {
    journal().opened(signing.identity(), "odd");
    refusal = refusal(status, code);
    try (CapturedLogs logs = new CapturedLogs("io.hsmrest.approval")) {
      assertThat(requests().run(signing)).isEqualTo(resultOf("request-00000"));
      assertThat(logs.messages(Level.WARNING))
          .singleElement()
          .satisfies(
              text ->
                  assertThat(text)
                      .contains(folder.toString(), ".request is dropped, people are asked anew: ")
                      .contains("HTTP " + status));
    }
  }

  private static HsmResponseException refusal(int status, int code) {
    ServiceError error = new ServiceError(code, "res.error", "no");
    return status == 401 || status == 403
        ? new AuthenticationException("read request odd", status, error)
        : new HsmResponseException("read request odd", status, error);
  }

  @ParameterizedTest
  @CsvSource({"401, 631", "429, 0", "500, 0", "503, 700"})
  void aServiceThatIsOutOfOrderLeavesTheNote(int status, int code) throws Exception {
    journal().opened(signing.identity(), "open");
    refusal = refusal(status, code);
    ApprovedRequests requests = requests();
    assertThatThrownBy(() -> requests.run(signing)).isSameAs(refusal);
    assertThat(journal().open(signing.identity())).contains("open");
    assertThat(service.requestsFor(PAYLOAD)).isEmpty();
  }

  @Test
  void aRequestInAnUnknownStateIsTakenUpTheNextTime() throws Exception {
    service.onCreation(id -> service.end(id, RequestState.UNKNOWN));
    ApprovedRequests requests = requests();
    assertThatThrownBy(() -> requests.run(signing))
        .isInstanceOf(UnknownRequestStateException.class);
    assertThat(journal().open(signing.identity())).contains("request-00000");
    service.end("request-00000", RequestState.REJECTED);
    assertThatThrownBy(() -> requests.run(signing)).isInstanceOf(ApprovalRejectedException.class);
    assertThat(service.requestsFor(PAYLOAD)).hasSize(1);
  }

  @Test
  void aResultThatCouldNotBeReadIsReadTheNextTime() throws Exception {
    resultIsAway = true;
    ApprovedRequests requests = requests();
    assertThatThrownBy(() -> requests.run(fetching)).isInstanceOf(HsmConnectionException.class);
    assertThatThrownBy(() -> requests.run(fetching)).isInstanceOf(HsmConnectionException.class);
    resultIsAway = false;
    assertThat(requests.run(fetching)).isEqualTo(resultOf("request-00000"));
    assertThat(service.requestsFor(PAYLOAD)).hasSize(1);
    assertThat(journal().open(signing.identity())).isEmpty();
  }

  @Test
  void whatIsTakenUpIsNobodyElsesCandidate() throws Exception {
    String id = service.earlier(PAYLOAD, RequestState.EXECUTED, Duration.ofMinutes(1));
    journal().opened(signing.identity(), id);
    requests().run(signing);
    assertThat(ledger.isClaimed(id)).isTrue();
  }

  @Test
  void aBadEndIsForgottenHoweverItIsWaitedFor() throws Exception {
    service.onCreation(id -> service.end(id, RequestState.REJECTED));
    assertThatThrownBy(requests().runLater(signing, Runnable::run)::join)
        .hasCauseInstanceOf(ApprovalRejectedException.class);
    assertThat(journal().open(signing.identity())).isEmpty();
  }

  @Test
  void aResultThatIsNoneIsForgotten() throws Exception {
    service.onCreation(service::dropResult);
    ApprovedRequests requests = requests();
    assertThatThrownBy(() -> requests.run(signing)).hasMessageContaining("carries no result");
    assertThat(journal().open(signing.identity())).isEmpty();
  }
}
