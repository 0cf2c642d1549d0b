package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.CapturedLogs;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.Settings;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import io.hsmrest.client.model.RequestStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people see while they wait: on a terminal, and in a log. */
class ProgressListenersTest {
  private static final String LONG_ID = "1c82583f-2cd2-486d-8b03-63f91aad9b7a";
  private static final Octets ALICE = Octets.of(new byte[] {1});
  private static final Octets BOB = Octets.of(new byte[] {2});
  private static final RequestStatus NOBODY_YET =
      FakeRequests.status("PENDING", List.of(), List.of(ALICE, BOB), List.of());
  private static final RequestStatus ALICE_DID =
      FakeRequests.status("PENDING", List.of(ALICE), List.of(BOB), List.of());

  private final FakeTerminal terminal = new FakeTerminal(200);
  private final ApprovalListener console = console(new StatusLine(terminal, 80, true));
  private CapturedLogs logs;

  ProgressListenersTest() throws Exception {}

  @BeforeEach
  void listen() {
    logs = new CapturedLogs("io.hsmrest.approval");
  }

  @AfterEach
  void stopListening() {
    logs.close();
  }

  private static ApprovalProgress progress(
      String id, @Nullable RequestStatus status, int waitedSeconds) {
    return new ApprovalProgress(
        new PendingApproval(id, "ca", "sign", ProgressTextTest.TWO_OF_THREE),
        status,
        Duration.ofSeconds(waitedSeconds),
        Duration.ofSeconds(600 - waitedSeconds));
  }

  private static ApprovalSettings settings(String progress) throws Exception {
    return HsmClientConfig.read(
            Settings.parse(
                ("endpoint=https://hsm.example.org\napproval.progress=" + progress)
                    .getBytes(StandardCharsets.UTF_8),
                "test",
                Map.of()),
            null)
        .approval();
  }

  private static ApprovalListener console(StatusLine line) throws Exception {
    return new ConsoleProgress(settings("console"), line);
  }

  /** What stands on the terminal, without empty lines. */
  private List<String> screen() {
    return terminal.rows().stream().filter(row -> !row.isEmpty()).toList();
  }

  @Test
  void theTerminalShowsAnAnnouncementAndOneLineThatUpdates() {
    console.waiting(progress("r1", NOBODY_YET, 0));
    console.waiting(progress("r1", NOBODY_YET, 1));
    console.waiting(progress("r1", NOBODY_YET, 2));
    assertThat(screen())
        .containsExactly(
            "approval needed to sign with key 'ca': request r1, may be approved by alice, bob;"
                + " waiting up to 10 min",
            "9:58 left for request r1: 0 of 2 approvals, missing: alice, bob");
    console.waiting(progress("r1", ALICE_DID, 65));
    assertThat(screen())
        .hasSize(2)
        .last()
        .isEqualTo("8:55 left for request r1: 1 of 2 approvals, missing: bob");
  }

  @Test
  void theEndTakesThePlaceOfTheLine() {
    console.waiting(progress("r1", NOBODY_YET, 0));
    console.ended(progress("r1", FakeRequests.executed("x"), 7));
    assertThat(screen())
        .hasSize(2)
        .last()
        .isEqualTo("request r1 to sign with key 'ca': EXECUTED after 7 s");
  }

  @Test
  void whatTheServiceDidAtOnceIsNotTalkedAbout() {
    console.ended(progress("r1", FakeRequests.executed("x"), 0));
    assertThat(screen()).isEmpty();
  }

  @Test
  void whatPeopleApprovedBeforeTheFirstLookIsNamedAllTheSame() {
    RequestStatus executed =
        FakeRequests.status("EXECUTED", List.of(ALICE), List.of(BOB), List.of());
    console.ended(progress("r1", executed, 0));
    new LogProgress().ended(progress("r2", executed, 0));
    assertThat(screen()).containsExactly("request r1 to sign with key 'ca': EXECUTED after 0 s");
    assertThat(logs.messages(Level.INFO))
        .containsExactly("request r2 to sign with key 'ca': EXECUTED after 0 s");
  }

  /** Ideographs take two cells each: of these names, not all fit into 80. */
  @Test
  void noLineWrapsWhateverTheNames() throws Exception {
    FakeTerminal narrow = new FakeTerminal(80);
    ApprovalListener progress = console(new StatusLine(narrow, 80, false));
    Policy policy =
        ProgressTextTest.twoOf(
            "\u5c71\u7530\u592a\u90ce\u5c71\u7530\u592a\u90ce",
            "\u4f50\u85e4\u82b1\u5b50\u4f50\u85e4\u82b1\u5b50",
            "\u9234\u6728\u4e00\u90ce\u9234\u6728\u4e00\u90ce");
    PendingApproval pending = new PendingApproval(LONG_ID, "ca", "sign", policy);
    for (int second = 0; second < 5; second++) {
      progress.waiting(
          new ApprovalProgress(
              pending, NOBODY_YET, Duration.ofSeconds(second), Duration.ofSeconds(600 - second)));
    }
    assertThat(narrow.rows().stream().filter(row -> row.contains(" left for request ")))
        .containsExactly(
            "9:56 left for request 1c82583f...: 0 of 2 approvals, missing:"
                + " \u5c71\u7530\u592a\u90ce\u5c71\u7530...");
  }

  @Test
  void twoRequestsAreAnnouncedEach() {
    console.waiting(progress("r1", NOBODY_YET, 0));
    console.waiting(progress("r2", NOBODY_YET, 0));
    console.ended(progress("r1", FakeRequests.executed("x"), 3));
    assertThat(screen())
        .containsExactly(
            "approval needed to sign with key 'ca': request r1, may be approved by alice, bob;"
                + " waiting up to 10 min",
            "approval needed to sign with key 'ca': request r2, may be approved by alice, bob;"
                + " waiting up to 10 min",
            "request r1 to sign with key 'ca': EXECUTED after 3 s");
  }

  @Test
  void aServiceThatIsSilentFromTheStartIsShownToo() {
    console.waiting(progress("r1", null, 0));
    assertThat(screen())
        .containsExactly(
            "approval needed to sign with key 'ca': request r1, may be approved by alice, bob,"
                + " carol; waiting up to 10 min",
            "10:00 left for request r1: the service has not answered yet");
  }

  @Test
  void theLogHearsTheStartEachChangeAMinuteAndTheEnd() {
    ApprovalListener log = new LogProgress();
    for (int second = 0; second <= 130; second++) {
      log.waiting(progress("r1", second < 70 ? NOBODY_YET : ALICE_DID, second));
    }
    log.ended(progress("r1", FakeRequests.executed("x"), 131));
    assertThat(logs.messages(Level.INFO))
        .containsExactly(
            "approval needed to sign with key 'ca': request r1, may be approved by alice, bob;"
                + " waiting up to 10 min",
            "waiting for approval of sign with 'ca': 0 of 2 approvals, missing: alice, bob; 9:00"
                + " left; request r1",
            "waiting for approval of sign with 'ca': 1 of 2 approvals, missing: bob; 8:50 left;"
                + " request r1",
            "waiting for approval of sign with 'ca': 1 of 2 approvals, missing: bob; 7:50 left;"
                + " request r1",
            "request r1 to sign with key 'ca': EXECUTED after 2 min");
  }

  @Test
  void theLogKeepsRequestsApart() {
    ApprovalListener log = new LogProgress();
    log.waiting(progress("r1", NOBODY_YET, 0));
    log.waiting(progress("r2", NOBODY_YET, 0));
    log.waiting(progress("r1", NOBODY_YET, 1));
    assertThat(logs.messages(Level.INFO)).hasSize(2);
  }

  @Test
  void theSettingChoosesWhoListens() throws Exception {
    assertThat(ApprovalListener.of(settings("log"))).isInstanceOf(LogProgress.class);
    assertThat(ApprovalListener.of(settings("console"))).isInstanceOf(ConsoleProgress.class);
    assertThat(ApprovalListener.of(settings("auto")))
        .isInstanceOf(Terminal.showsErrors() ? ConsoleProgress.class : LogProgress.class);
    ApprovalListener none = ApprovalListener.of(settings("none"));
    none.waiting(progress("r1", NOBODY_YET, 0));
    none.ended(progress("r1", NOBODY_YET, 0));
    assertThat(logs.text()).isEmpty();
  }
}
