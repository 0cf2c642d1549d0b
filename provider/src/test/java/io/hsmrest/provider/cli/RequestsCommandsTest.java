package io.hsmrest.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code requests list|show|wait|cancel}. */
class RequestsCommandsTest {
  private static final String ID = "1c82583f-2cd2-486d-8b03-63f91aad9b7a";
  private final Cli cli;

  RequestsCommandsTest(@TempDir Path folder) {
    cli = new Cli(folder);
  }

  @Test
  void listsWhatIsOpen() throws Exception {
    cli.requests.with("a", RequestState.PENDING).with("b", RequestState.EXECUTED);
    Cli.Result result = cli.run("requests", "list");
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(result.out()).isEqualToNormalizingNewlines("a  PENDING\n");
  }

  @ParameterizedTest
  @CsvSource({"executed", "EXECUTED", "'rejected,Executed'"})
  void listsByState(String states) throws Exception {
    cli.requests.with("a", RequestState.PENDING).with("b", RequestState.EXECUTED);
    assertThat(cli.run("requests", "list", "--state", states).out())
        .isEqualToNormalizingNewlines("b  EXECUTED\n");
  }

  @ParameterizedTest
  @CsvSource({"unknown", "finished"})
  void aStateThatThereIsNotIsAWrongCommandLine(String state) throws Exception {
    Cli.Result result = cli.run("requests", "list", "--state", state);
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err().lines()).hasSize(1);
  }

  private static RequestStatus executed() {
    Octets key = Octets.of(new byte[] {1});
    return new RequestStatus(
        ID,
        RequestState.EXECUTED,
        "EXECUTED",
        Instant.parse("2026-01-31T12:00:00Z"),
        List.of(key),
        List.of(),
        List.of(Octets.of(new byte[] {2})),
        "c2lnbmF0dXJl");
  }

  @Test
  void showsWhoDidWhat() throws Exception {
    cli.requests.with(ID, executed());
    Cli.Result result = cli.run("requests", "show", ID);
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(result.out())
        .isEqualToNormalizingNewlines(
            """
            state          EXECUTED
            approved by    key SHA-256:4bf5122f344554c5
            rejected by    key SHA-256:dbc1b4c900ffe48d
            executed at    2026-01-31T12:00:00Z
            result         there is one
            """);
  }

  @Test
  void theResultComesAloneWhereItIsAskedFor() throws Exception {
    cli.requests.with(ID, executed());
    assertThat(cli.run("requests", "show", "--result", ID).out())
        .isEqualToNormalizingNewlines("c2lnbmF0dXJl\n");
    assertThat(cli.run("requests", "wait", "--result", ID).out())
        .isEqualToNormalizingNewlines("c2lnbmF0dXJl\n");
  }

  @Test
  void noResultIsToldWhereItIsAskedFor() throws Exception {
    cli.requests.with(ID, RequestState.PENDING);
    Cli.Result result = cli.run("requests", "show", "--result", ID);
    assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("is PENDING and has no result");
  }

  @ParameterizedTest
  @CsvSource({"EXECUTED, 0", "REJECTED, 5", "EXPIRED, 6", "FAILED, 7", "CANCELLED, 8"})
  void waitsUntilTheEnd(RequestState end, int exitCode) throws Exception {
    cli.requests.with(
        ID,
        OpenRequests.status(ID, RequestState.PENDING, null),
        OpenRequests.status(ID, RequestState.APPROVED, null),
        OpenRequests.status(ID, end, null));
    Cli.Result result = cli.run("requests", "wait", ID);
    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(result.err())
        .contains("request " + ID + ": PENDING, 0 approved")
        .contains("request " + ID + ": APPROVED, 0 approved")
        .contains("request " + ID + ": " + end + " after");
    assertThat(cli.requests.calls).doesNotContain("cancelRequest");
  }

  @Test
  void givingUpDoesNotWithdrawSomebodysRequest() throws Exception {
    cli.requests.with(ID, RequestState.PENDING);
    Cli.Result result = cli.run("requests", "wait", ID, "--timeout", "10s");
    assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_IN_TIME);
    assertThat(result.err()).contains("was not executed in time; it is PENDING");
    assertThat(cli.requests.calls).doesNotContain("cancelRequest").contains("readRequest");
  }

  @Test
  void whatIsNoIdIsNoRequestAndTheServiceHasSaidSo() throws Exception {
    cli.requests.failing(HsmExceptions.noId());
    for (String command : new String[] {"show", "wait"}) {
      Cli.Result result = cli.run("requests", command, "nonsense");
      assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
      assertThat(result.err())
          .isEqualToIgnoringNewLines("hsmrest: asking refused: HTTP 400, error 609");
    }
  }

  @ParameterizedTest
  @CsvSource({"soon", "0s", "-1s", "10"})
  void nonsenseIsNoDuration(String timeout) throws Exception {
    Cli.Result result = cli.run("requests", "wait", ID, "--timeout=" + timeout);
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("is not a duration above zero");
  }

  @Test
  void cancelsWhatIsOpen() throws Exception {
    cli.requests.with(ID, RequestState.PENDING);
    Cli.Result result = cli.run("requests", "cancel", ID);
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(result.out()).contains("is cancelled");
    assertThat(cli.requests.calls).contains("cancelRequest").doesNotContain("readRequest");
  }

  @ParameterizedTest
  @CsvSource({"EXECUTED, 1", "CANCELLED, 0"})
  void whatIsOverIsNotCancelled(RequestState state, int exitCode) throws Exception {
    cli.requests.with(ID, state);
    Cli.Result result = cli.run("requests", "cancel", ID);
    assertThat(result.exitCode()).isEqualTo(exitCode);
    assertThat(result.err()).contains("is " + state + "; there is nothing to cancel");
    assertThat(cli.requests.calls).doesNotContain("cancelRequest");
  }

  @Test
  void whatIsUnknownIsNotCancelled() throws Exception {
    Cli.Result result = cli.run("requests", "cancel", "\u001b[31mno-id");
    assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(result.err()).isEqualToIgnoringNewLines("hsmrest: there is no request ?[31mno-id");
  }
}
