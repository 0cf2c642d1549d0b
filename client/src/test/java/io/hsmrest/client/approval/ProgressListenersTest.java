package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.CapturedLogs;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestStatus;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people see while they wait: on a terminal, and in a log. */
class ProgressListenersTest {
  private static final Octets ALICE = Octets.of(new byte[] {1});
  private static final Octets BOB = Octets.of(new byte[] {2});
  private static final RequestStatus NOBODY_YET =
      FakeRequests.status("PENDING", List.of(), List.of(ALICE, BOB), List.of());
  private static final RequestStatus ALICE_DID =
      FakeRequests.status("PENDING", List.of(ALICE), List.of(BOB), List.of());

  private final ByteArrayOutputStream terminal = new ByteArrayOutputStream();
  private final ApprovalListener console =
      new ConsoleProgress(new PrintStream(terminal, true, StandardCharsets.UTF_8), 80);
  private CapturedLogs logs;

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

  /** What stands on the terminal in the end: a carriage return begins the line anew. */
  private List<String> screen() {
    return lines().map(ProgressListenersTest::overwritten).toList();
  }

  private Stream<String> lines() {
    return Arrays.stream(terminal.toString(StandardCharsets.UTF_8).split(System.lineSeparator()));
  }

  private static String overwritten(String line) {
    StringBuilder shown = new StringBuilder();
    for (String part : line.split("\r", -1)) {
      shown.replace(0, Math.min(part.length(), shown.length()), part);
    }
    return shown.toString().stripTrailing();
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
            "0 of 2 approvals, missing: alice, bob; 9:58 left; request r1");
    console.waiting(progress("r1", ALICE_DID, 65));
    assertThat(screen())
        .hasSize(2)
        .last()
        .isEqualTo("1 of 2 approvals, missing: bob; 8:55 left; request r1");
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
    assertThat(terminal.size()).isZero();
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

  @Test
  void noLineIsAsWideAsTheTerminal() {
    console.waiting(progress("1c82583f-2cd2-486d-8b03-63f91aad9b7a", NOBODY_YET, 0));
    console.waiting(progress("1c82583f-2cd2-486d-8b03-63f91aad9b7a", ALICE_DID, 1));
    String updates = lines().reduce((first, last) -> last).orElse("");
    assertThat(updates.split("\r")).allSatisfy(part -> assertThat(part).hasSizeLessThan(80));
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
            "the service has not answered yet; 10:00 left; request r1");
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
  void theSettingChoosesWhoListens() {
    assertThat(ApprovalListener.of(ApprovalSettings.Progress.LOG)).isInstanceOf(LogProgress.class);
    assertThat(ApprovalListener.of(ApprovalSettings.Progress.CONSOLE))
        .isInstanceOf(ConsoleProgress.class);
    assertThat(ApprovalListener.of(ApprovalSettings.Progress.AUTO))
        .isInstanceOf(Terminal.isPresent() ? ConsoleProgress.class : LogProgress.class);
    ApprovalListener none = ApprovalListener.of(ApprovalSettings.Progress.NONE);
    none.waiting(progress("r1", NOBODY_YET, 0));
    none.ended(progress("r1", NOBODY_YET, 0));
    assertThat(logs.text()).isEmpty();
  }

  @ParameterizedTest(name = "COLUMNS={0}: {1}")
  @CsvSource(
      nullValues = "unset",
      value = {"unset, 80", "132, 132", "80, 80", "'', 80", "9, 80", "wide, 80", "-5, 80"})
  void theWidthIsWhatTheShellSaysOrEighty(String environment, int columns) {
    assertThat(Terminal.columns(environment)).isEqualTo(columns);
  }
}
