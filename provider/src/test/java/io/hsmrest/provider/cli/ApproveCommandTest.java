package io.hsmrest.provider.cli;

import static io.hsmrest.provider.cli.ToBeSigned.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.ApproverTask;
import io.hsmrest.client.model.RequestState;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code approve} does with what is answered, and with what cannot be approved. */
class ApproveCommandTest {
  private final Cli cli;
  private Path key = Path.of("");

  ApproveCommandTest(@TempDir Path folder) {
    cli = new Cli(folder);
  }

  @BeforeEach
  void makeKey() throws Exception {
    key = cli.key("alice", "EC/secp256r1");
  }

  @Test
  void approvesWhatItHasShown() throws Exception {
    cli.approving.with(ToBeSigned.sign("t1", "Pay Bob"));
    Cli.Result result = cli.typing("9b7a").approve(key);
    assertThat(cli.approving.answers).containsExactly("approved t1", "closed");
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .contains("Request " + ToBeSigned.REQUEST)
        .contains("| Pay Bob")
        .contains("Approved: 1 of 2, others have to follow.");
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "nothing",
      value = {
        "9b7a, approved t1, 0",
        "9B7A, approved t1, 0",
        "r, rejected t1, 0",
        "n, nothing, 4",
        "s, nothing, 4",
        "'', nothing, 4",
        "perhaps, nothing, 4",
        "y, nothing, 4",
        "yes, nothing, 4",
        "1c82, nothing, 4",
      })
  void onlyAClearAnswerCounts(String typed, String answer, int exitCode) throws Exception {
    cli.approving.with(ToBeSigned.sign("t1", "x"));
    Cli.Result result = cli.typing(typed).approve(key);
    assertThat(result.exitCode()).isEqualTo(exitCode);
    if (answer == null) {
      assertThat(cli.approving.answers).containsExactly("closed");
    } else {
      assertThat(cli.approving.answers).containsExactly(answer, "closed");
    }
  }

  /** Which are not all there when the answer to the last one was typed. */
  @Test
  void theAnswerToOneRequestIsNoneToAnother() throws Exception {
    cli.approving
        .with(ToBeSigned.sign("t1", "x"))
        .with(ToBeSigned.with(ToBeSigned.sign("t2", "y"), "1c82583f-2cd2-486d-8b03-63f91aad0000"));
    cli.typing("9b7a", "9b7a", "0000").approve(key);
    assertThat(cli.approving.answers).containsExactly("approved t1", "approved t2", "closed");
    assertThat(cli.left()).isEmpty();
  }

  @Test
  void theWordIsAHashWhereTheIdCannotBeTyped() throws Exception {
    ApproverTask task = ToBeSigned.with(ToBeSigned.sign("t1", "x"), "no id\u20ac");
    String word = PayloadText.sha256(task.approvalToBeSigned()).substring(0, 4);
    cli.approving.with(task);
    assertThat(cli.typing(word).approve(key).out()).contains("Approve? Type " + word + " for yes");
    assertThat(cli.approving.answers).containsExactly("approved t1", "closed");
  }

  @Test
  void whatMattersMostIsRepeatedBesideTheQuestion() throws Exception {
    cli.approving.with(ToBeSigned.sign("t1", "Pay Bob"));
    assertThat(cli.typing("n").approve(key).out())
        .contains(
            """

              In short, Request 1c82583f-2cd2-486d-8b03-63f91aad9b7a
                operation      use of the key
                key            ca
                signed         a text of 7 bytes: Pay Bob

            Approve? Type 9b7a for yes, or [n]o, [r]eject, [s]kip for now: n
            """);
  }

  @Test
  void endOfInputEndsTheCommandWithoutTheRest() throws Exception {
    cli.approving.with(ToBeSigned.sign("t1", "x")).with(ToBeSigned.sign("t2", "y"));
    Cli.Result result = cli.typing().approve(key);
    assertThat(result.exitCode()).isEqualTo(ExitCode.LEFT_OPEN);
    assertThat(result.out()).contains("| x").doesNotContain("| y");
  }

  @Test
  void withoutTerminalNothingIsApprovedUnasked() throws Exception {
    cli.approving.with(ToBeSigned.sign("t1", "x"));
    Cli.Result result = cli.approve(key);
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err())
        .isEqualToIgnoringNewLines(
            "hsmrest: there is no terminal to ask on; with --yes everything that waits is approved"
                + " without asking");
    assertThat(cli.approving.answers).isEmpty();
  }

  @Test
  void withYesEverythingIsApproved() throws Exception {
    cli.approving.with(ToBeSigned.sign("t1", "x")).with(ToBeSigned.sign("t2", "y"));
    assertThat(cli.approve(key, "--yes").exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(cli.approving.answers).containsExactly("approved t1", "approved t2", "closed");
  }

  @Test
  void withRejectEverythingIsRejected() throws Exception {
    cli.approving.with(ToBeSigned.sign("t1", "x"));
    assertThat(cli.approve(key, "--yes", "--reject").exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(cli.approving.answers).containsExactly("rejected t1", "closed");
  }

  @Test
  void rejectingIsAskedForToo() throws Exception {
    cli.approving.with(ToBeSigned.sign("t1", "x")).with(ToBeSigned.sign("t2", "y"));
    assertThat(cli.typing("n", "y").approve(key, "--reject").exitCode())
        .isEqualTo(ExitCode.LEFT_OPEN);
    assertThat(cli.approving.answers).containsExactly("rejected t2", "closed");
  }

  private static ApproverTask contradiction() {
    return ToBeSigned.task(
        "bad",
        ToBeSigned.of(1, "ca", octets("something else")),
        ToBeSigned.signRequest("ca", "what is shown"),
        null);
  }

  @Test
  void aContradictionIsNeverApproved() throws Exception {
    cli.approving.with(contradiction()).with(ToBeSigned.sign("good", "x"));
    Cli.Result result = cli.approve(key, "--yes");
    assertThat(cli.approving.answers).containsExactly("approved good", "closed");
    assertThat(result.exitCode()).isEqualTo(ExitCode.LEFT_OPEN);
    assertThat(result.err())
        .isEqualToIgnoringNewLines(
            "hsmrest: Request "
                + ToBeSigned.REQUEST
                + " is not approved: the payload of the request is another one than the one to be"
                + " signed");
  }

  @Test
  void aContradictionCanBeRejected() throws Exception {
    cli.approving.with(contradiction());
    assertThat(cli.typing("y").approve(key).exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(cli.approving.answers).containsExactly("rejected bad", "closed");
  }

  @Test
  void whatCannotBeReadIsNeverApproved() throws Exception {
    cli.approving.with(ToBeSigned.task("bad", octets("no structure"), null, null));
    Cli.Result result = cli.approve(key, "--yes");
    assertThat(result.exitCode()).isEqualTo(ExitCode.LEFT_OPEN);
    assertThat(result.err())
        .contains("Task bad is not approved: what is to be signed cannot be read");
    assertThat(cli.approving.answers).containsExactly("closed");
  }

  @Test
  void aDoubtIsForAPersonToWeigh() throws Exception {
    ApproverTask doubtful = ToBeSigned.task("t1", ToBeSigned.of(1, "ca", octets("x")), null, null);
    cli.approving.with(doubtful);
    assertThat(cli.approve(key, "--yes").exitCode()).isEqualTo(ExitCode.LEFT_OPEN);
    assertThat(cli.approving.answers).containsExactly("closed");
    assertThat(cli.typing("9b7a").approve(key).out())
        .contains("! the service does not tell the request behind it");
    assertThat(cli.approving.answers).containsExactly("closed", "approved t1", "closed");
  }

  @Test
  void nothingToDoIsDone() throws Exception {
    Cli.Result result = cli.approve(key, "--yes");
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(result.out()).startsWith("Nothing waits for CN=alice, key SHA-256:");
  }

  @ParameterizedTest
  @CsvSource({
    "PENDING, 'it is PENDING, and this approver has answered or is not asked'",
    "EXECUTED, it is EXECUTED",
  })
  void aRequestWithoutTaskIsExplained(RequestState state, String why) throws Exception {
    cli.requests.with("r1", state);
    Cli.Result result = cli.approve(key, "--yes", "--request", "r1");
    assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(result.err()).contains("request r1 does not wait for CN=alice").contains(why);
    assertThat(cli.requests.calls).doesNotContain("readRequest");
  }

  @Test
  void anUnknownRequestIsToldApart() throws Exception {
    Cli.Result result = cli.approve(key, "--yes", "--request", "r1");
    assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(result.err()).isEqualToIgnoringNewLines("hsmrest: there is no request r1");
  }

  @Test
  void aTaskOfAnotherRequestIsNotApproved() throws Exception {
    ApproverTask task = ToBeSigned.sign("t1", "x");
    TaskCheck.Result check = ReadTask.of(task, octets("a key"), "another-request").check();
    assertThat(check.refusals())
        .containsExactly(
            "the task belongs to request " + ToBeSigned.REQUEST + ", not to another-request");
  }
}
