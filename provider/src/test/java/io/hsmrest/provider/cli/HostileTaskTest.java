package io.hsmrest.provider.cli;

import static io.hsmrest.provider.cli.ToBeSigned.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.ApproverTask;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Services and requesters that want to be seen as something else than they are. */
class HostileTaskTest {
  private static final String NASTY = "\u001b]0;x\u0007\u001b[2J\u202e\u009b8m\rX\u2028";

  private final Cli cli;
  private Path key = Path.of("");

  HostileTaskTest(@TempDir Path folder) {
    cli = new Cli(folder);
  }

  @BeforeEach
  void makeKey() throws Exception {
    key = cli.key("alice", "EC/secp256r1");
  }

  private static void isPlain(Cli.Result result) {
    assertThat(result.out() + result.err())
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\u2028\u2029&&[^\n]]");
  }

  @Test
  void anIdCannotSteerTheTerminal() throws Exception {
    cli.approving
        .with(ToBeSigned.with(ToBeSigned.sign("t1", "x"), NASTY))
        .with(ToBeSigned.with(ToBeSigned.sign("t2" + NASTY, "x"), null))
        .with(ToBeSigned.task("t3" + NASTY, octets("unreadable"), null, null))
        .refusing(HsmExceptions.goneTask());
    Cli.Result result = cli.approve(key, "--yes");
    assertThat(result.out()).contains("Request ?]0;x?").contains("Task t2?]0;x?");
    assertThat(result.err()).contains("task t1 is gone").contains("Task t3?]0;x?");
    isPlain(result);
    isPlain(cli.typing("n", "n", "n").approve(key));
  }

  @Test
  void aResultCannotSteerTheTerminal() throws Exception {
    cli.requests.with(
        "r1",
        OpenRequests.status(
            "r1" + NASTY, io.hsmrest.client.model.RequestState.EXECUTED, "-----\nAA" + NASTY));
    Cli.Result result = cli.run("requests", "show", "--result", "r1");
    assertThat(result.out()).startsWith("-----\nAA?]0;x??[2J");
    isPlain(result);
  }

  @Test
  void aStateCannotSteerTheTerminal() throws Exception {
    cli.requests.with("r1", OpenRequests.unknown("r1" + NASTY, "ON" + NASTY + "HOLD"));
    isPlain(cli.run("requests", "show", "--result", "r1"));
    isPlain(cli.run("requests", "show", "r1"));
    isPlain(cli.run("requests", "list"));
  }

  @Test
  void anIdAsLongAsAScreenIsCut() throws Exception {
    cli.approving.with(ToBeSigned.with(ToBeSigned.sign("t1", "x"), "x ".repeat(500)));
    assertThat(cli.columns(80).typing("n").approve(key).out().lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThan(90));
  }

  private static ApproverTask chatty(int statements, String last) {
    return ToBeSigned.task(
        "t1",
        ToBeSigned.of(1, "root-ca", octets("Pay Mallory")),
        ToBeSigned.signRequest("root-ca", "Pay Mallory"),
        octets(
            IntStream.range(0, statements)
                .mapToObj(i -> "\"note" + i + "\": \".\"")
                .collect(Collectors.joining(", ", "{", ", \"last\": \"" + last + "\"}"))));
  }

  /** A line of the requester's that fills the terminal's must not begin another one there. */
  @Test
  void aRequesterCannotPaintAnotherScreen() throws Exception {
    String blanks = "\u00a0\u2003\u3000".repeat(40);
    cli.approving.with(chatty(3, "." + blanks + "Your signature covers " + "#".repeat(300)));
    Cli.Result result = cli.columns(80).typing("n").approve(key);
    List<String> lines = result.out().lines().toList();
    assertThat(lines).filteredOn(line -> line.startsWith("  Your signature covers")).hasSize(1);
    assertThat(lines)
        .filteredOn(line -> line.contains("Your signature covers"))
        .element(1)
        .asString()
        .startsWith("    last           . Your signature covers");
    assertThat(lines)
        .filteredOn(line -> line.contains("##"))
        .allSatisfy(line -> assertThat(line).matches("    (last|\\| ).*").hasSizeLessThan(81));
  }

  @Test
  void aRequesterCannotPushWhatIsSignedOffTheScreen() throws Exception {
    cli.approving.with(chatty(2_000, "#".repeat(5_000)));
    Cli.Result result = cli.columns(80).typing("n").approve(key);
    assertThat(result.out().lines().count()).isLessThan(70);
    assertThat(result.out())
        .contains("! of the requester's 2001 statements 1985 are left out, and 0 are cut")
        .containsSubsequence("note15", "In short, Request", "root-ca", "Pay Mallory", "Approve?");
    assertThat(cli.approve(key, "--yes").exitCode()).isEqualTo(ExitCode.LEFT_OPEN);
  }

  @Test
  void aLongStatementIsCutAndThatIsTold() throws Exception {
    cli.approving.with(chatty(1, "#".repeat(241)));
    assertThat(cli.typing("n").approve(key).out())
        .contains("#".repeat(240) + "...")
        .contains("! of the requester's 2 statements 0 are left out, and 1 are cut")
        .contains("Not approved, left as it is.");
  }

  @Test
  void aTaskThatCannotBeReadHidesNoOther() throws Exception {
    cli.approving
        .unreadable("bad", new HsmProtocolException("metaData is not base64", null))
        .with(ToBeSigned.sign("good", "x"));
    Cli.Result result = cli.approve(key, "--yes");
    assertThat(cli.approving.answers).containsExactly("approved good", "closed");
    assertThat(result.err())
        .isEqualToIgnoringNewLines("hsmrest: Task bad is not approved: metaData is not base64");
    assertThat(result.exitCode()).isEqualTo(ExitCode.LEFT_OPEN);
  }

  @Test
  void aTimeBeyondAllTimesHidesNoOther() throws Exception {
    ApproverTask task = ToBeSigned.sign("t1", "x");
    cli.approving.with(
        new ApproverTask(
            "t1",
            task.approvalToBeSigned(),
            null,
            null,
            task.request(),
            task.status(),
            ToBeSigned.ATTESTATION.replace("600", String.valueOf(Long.MAX_VALUE))));
    assertThat(cli.approve(key, "--yes").out()).contains("expires        never");
  }
}
