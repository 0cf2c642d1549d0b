package io.hsmrest.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.ApproverTask;
import io.hsmrest.client.model.RequestState;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code approve --watch}: goes on through outages, and forgets nothing over them. */
class ApprovalWatchTest {
  private final Cli cli;
  private Path key = Path.of("");

  ApprovalWatchTest(@TempDir Path folder) {
    cli = new Cli(folder);
  }

  @BeforeEach
  void makeKey() throws Exception {
    key = cli.key("alice", "EC/secp256r1");
  }

  @Test
  void watchingGoesOnUntilInterrupted() throws Exception {
    cli.approving.with(ToBeSigned.sign("t1", "x"));
    Cli.Result result =
        cli.interruptedAfter(3).approve(key, "--yes", "--watch", "--interval", "2s");
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(cli.sleeps).hasSize(3).containsOnly(Duration.ofSeconds(2));
    assertThat(cli.approving.answers).containsExactly("approved t1", "closed");
  }

  @Test
  void watchingDoesNotAskTwice() throws Exception {
    cli.approving.with(ToBeSigned.sign("t1", "x"));
    Cli.Result result = cli.typing("n").interruptedAfter(2).approve(key, "--watch");
    assertThat(result.out()).containsOnlyOnce("| x");
    assertThat(result.exitCode()).isEqualTo(ExitCode.LEFT_OPEN);
  }

  @Test
  void watchingOneRequestEndsWithItsAnswer() throws Exception {
    cli.approving.with(ToBeSigned.sign("t1", "x"));
    Cli.Result result = cli.approve(key, "--yes", "--watch", "--request", ToBeSigned.REQUEST);
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(cli.sleeps).isEmpty();
  }

  @Test
  void watchingARequestThatIsOverEndsAtOnce() throws Exception {
    cli.requests.with("r1", RequestState.REJECTED);
    Cli.Result result = cli.approve(key, "--yes", "--watch", "--request", "r1");
    assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
    assertThat(result.err()).contains("it is REJECTED");
  }

  @Test
  void whatIsNotAPassingFailureEndsWatching() throws Exception {
    cli.approving.failing(new HsmException("no JSON", null));
    Cli.Result result = cli.approve(key, "--yes", "--watch");
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(result.err()).endsWith("hsmrest: no JSON" + System.lineSeparator());
  }

  private static ApproverTask task() {
    return ToBeSigned.sign("t1", "x");
  }

  @Test
  void aServiceThatIsAwayIsToldOnceAndTriedAgain() throws Exception {
    HsmException away = HsmExceptions.noAnswer("list the tasks failed: no answer");
    cli.approving.with(task()).failing(away).failing(away);
    Cli.Result result = cli.interruptedAfter(3).approve(key, "--yes", "--watch");
    assertThat(cli.approving.answers).containsExactly("approved t1", "closed");
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(result.err())
        .containsOnlyOnce("hsmrest: list the tasks failed: no answer; trying again");
  }

  @Test
  void anOutageAfterAnOutageIsToldAgain() throws Exception {
    HsmException away = HsmExceptions.noAnswer("no answer");
    cli.approving.failing(away).failing(null).failing(away);
    Cli.Result result = cli.interruptedAfter(4).approve(key, "--yes", "--watch");
    assertThat(result.err().split("trying again", -1)).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 429, 500, 503})
  void aTaskThatCouldNotBeReadIsTriedAgain(int status) throws Exception {
    cli.approving.with(task()).unreadable("t1", HsmExceptions.of(status));
    Cli.Result result = cli.interruptedAfter(2).approve(key, "--yes", "--watch");
    assertThat(cli.approving.answers).containsExactly("approved t1", "closed");
    assertThat(result.err()).containsOnlyOnce("; trying again");
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 429, 500, 503})
  void anApprovalThatDidNotArriveIsSentAgainWithoutAskingAgain(int status) throws Exception {
    cli.approving.with(task()).refusing(HsmExceptions.of(status));
    Cli.Result result = cli.typing("9b7a").interruptedAfter(3).approve(key, "--watch");
    assertThat(cli.approving.answers).containsExactly("approved t1", "closed");
    assertThat(result.err()).containsOnlyOnce("; trying again");
    assertThat(result.out()).containsOnlyOnce("Approve?").contains("Approved: 1 of 2");
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void whatWasAgreedToIsTheVerySameBytesOnly() throws Exception {
    cli.approving.with(task()).refusing(HsmExceptions.of(503));
    cli.onPause(() -> cli.approving.with(ToBeSigned.sign("t1", "something else")));
    Cli.Result result = cli.typing("9b7a", "n").interruptedAfter(2).approve(key, "--watch");
    assertThat(cli.approving.answers).containsExactly("closed");
    assertThat(result.out()).contains("| something else");
  }

  @Test
  void anApprovalWhoseTaskIsGoneHasArrived() throws Exception {
    cli.approving.with(task()).refusing(HsmExceptions.noAnswer("no answer"));
    cli.onPause(() -> cli.approving.without("t1"));
    Cli.Result result = cli.typing("9b7a").approve(key, "--watch", "--request", ToBeSigned.REQUEST);
    assertThat(result.err()).contains("task t1 is gone: its approval has arrived");
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aRefusedApprovalIsToldAndLeavesTheOthersAlone() throws Exception {
    cli.approving.with(task()).with(ToBeSigned.sign("t2", "y")).refusing(HsmExceptions.of(400));
    Cli.Result result = cli.interruptedAfter(2).approve(key, "--yes", "--watch");
    assertThat(cli.approving.answers).containsExactly("approved t2", "closed");
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(result.err()).containsOnlyOnce("HTTP 400").doesNotContain("trying again");
  }

  @Test
  void aTaskThatIsGoneIsTold() throws Exception {
    cli.approving.with(task()).refusing(HsmExceptions.goneTask());
    Cli.Result result = cli.approve(key, "--yes");
    assertThat(result.err()).contains("hsmrest: task t1 is gone: it was answered");
    assertThat(result.exitCode()).isEqualTo(ExitCode.LEFT_OPEN);
  }

  @Test
  void whatWasSkippedIsShownAgainAfterAMinuteAndNotBefore() throws Exception {
    cli.approving.with(task());
    Cli.Result result =
        cli.typing("s", "9b7a").interruptedAfter(7).approve(key, "--watch", "--interval", "10s");
    assertThat(cli.approving.answers).containsExactly("approved t1", "closed");
    assertThat(cli.pausesBefore("approved t1")).isEqualTo(6);
    assertThat(result.out().split("Request 1c82583f-[-0-9a-f]+\\R\\R  Your", -1)).hasSize(3);
  }

  @Test
  void skippingTheOneRequestDoesNotEndTheWatch() throws Exception {
    cli.approving.with(task());
    Cli.Result result =
        cli.typing("s", "9b7a").approve(key, "--watch", "--request", ToBeSigned.REQUEST);
    assertThat(cli.approving.answers).containsExactly("approved t1", "closed");
    assertThat(result.out()).contains("skipped").contains("Approved");
  }
}
