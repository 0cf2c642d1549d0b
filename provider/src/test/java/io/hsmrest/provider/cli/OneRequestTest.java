package io.hsmrest.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.model.RequestState;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code approve --request}: no other request is answered, whatever the service tells. */
class OneRequestTest {
  private static final String OTHER = "aaaaaaaa-2cd2-486d-8b03-63f91aad9b7a";

  private final Cli cli;
  private Path key = Path.of("");

  OneRequestTest(@TempDir Path folder) {
    cli = new Cli(folder);
  }

  @BeforeEach
  void makeKey() throws Exception {
    key = cli.key("alice", "EC/secp256r1");
  }

  /** Services do not tell the state of a request at lower levels of detail. */
  @Test
  void aServiceThatDoesNotTellWhichRequestItIsLeavesItToAPerson() throws Exception {
    cli.approving.with(ToBeSigned.with(ToBeSigned.sign("t1", "Pay Mallory"), null));
    Cli.Result result = cli.approve(key, "--yes", "--request", ToBeSigned.REQUEST);
    assertThat(result.exitCode()).isEqualTo(ExitCode.LEFT_OPEN);
    assertThat(result.out())
        .contains("! the service does not tell whether it is request " + ToBeSigned.REQUEST)
        .contains("left to a person");
    assertThat(cli.approve(key, "--yes", "--reject", "--request", ToBeSigned.REQUEST).exitCode())
        .isEqualTo(ExitCode.LEFT_OPEN);
    assertThat(cli.approving.answers).containsExactly("closed", "closed");
    assertThat(cli.approve(key, "--yes").exitCode()).isEqualTo(ExitCode.DONE);
  }

  @Test
  void aServiceThatListsOthersTooGetsNoAnswerToThem() throws Exception {
    cli.approving.ignoresTheRequest = true;
    cli.approving
        .with(ToBeSigned.with(ToBeSigned.sign("t1", "x"), OTHER))
        .with(ToBeSigned.sign("t2", "y"));
    Cli.Result result = cli.approve(key, "--yes", "--reject", "--request", ToBeSigned.REQUEST);
    assertThat(cli.approving.answers).containsExactly("rejected t2", "closed");
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(result.err()).contains("task t1 is of another request than the one asked for");
  }

  @Test
  void othersAloneAreNone() throws Exception {
    cli.approving.ignoresTheRequest = true;
    cli.approving.with(ToBeSigned.with(ToBeSigned.sign("t1", "x"), OTHER));
    cli.requests.with(ToBeSigned.REQUEST, RequestState.EXECUTED);
    Cli.Result result = cli.typing("y").approve(key, "--request", ToBeSigned.REQUEST);
    assertThat(cli.approving.answers).containsExactly("closed");
    assertThat(result.exitCode()).isEqualTo(ExitCode.NOT_FOUND);
  }

  /** Approvers need no token, and without one cannot ask what became of a request. */
  @Test
  void withoutATokenItIsSaidThatThereIsNoTask() throws Exception {
    cli.requests.failing(new HsmConfigurationException("auth.token: the file is missing"));
    for (String watch : new String[] {"--stacktrace", "--watch"}) {
      Cli.Result result =
          cli.interruptedAfter(1).approve(key, "--yes", "--request", ToBeSigned.REQUEST, watch);
      assertThat(result.exitCode())
          .isEqualTo(watch.equals("--stacktrace") ? ExitCode.NOT_FOUND : 0);
      assertThat(result.err()).doesNotContain("auth.token");
    }
  }

  @Test
  void whatIsNoIdIsNoRequest() throws Exception {
    cli.approving.failing(HsmExceptions.noId());
    assertThat(cli.approve(key, "--yes", "--request", "nonsense").exitCode())
        .isEqualTo(ExitCode.NOT_FOUND);
  }
}
