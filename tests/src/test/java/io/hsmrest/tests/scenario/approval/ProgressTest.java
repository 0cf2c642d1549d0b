package io.hsmrest.tests.scenario.approval;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.jdk.Registration;
import io.hsmrest.tests.scenario.HsmContents;
import io.hsmrest.tests.scenario.SoftwareCa;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What whoever runs a tool sees while it waits, with a terminal in front of it and without. */
class ProgressTest {
  /** What a script runs in the background ignores Ctrl-C, and so does all that it starts. */
  private static final List<String> HEEDING_CTRL_C = heedingCtrlC();

  private static final SoftwareCa CA = SoftwareCa.root("Test CA");

  /** Erases to the end of the line. */
  private static final String ERASE = "\u001b[K";

  @TempDir Path folder;

  private final GatedHsm gated = new GatedHsm();
  private final List<RunningTool> tools = new ArrayList<>();

  static List<Jdk> jdks() {
    return Jdk.tested();
  }

  @BeforeEach
  void makeKey() {
    gated.create("ca", gated.policies().use(2, "alice", "bob", "carol"));
    HsmContents contents = HsmContents.of(gated.hsm());
    contents.attach("ca", CA.issue("ca", contents.publicKeyOf("ca")));
  }

  @AfterEach
  void end() {
    tools.forEach(RunningTool::close);
    gated.close();
  }

  private List<String> certreq(Jdk jdk, String... settings) {
    List<String> lines = new ArrayList<>(List.of("approval.poll = 5ms..20ms"));
    lines.addAll(List.of(settings));
    Path configuration =
        gated.hsm().file(folder.resolve("hsmrest.properties"), lines.toArray(String[]::new));
    List<String> words = new ArrayList<>(List.of(jdk.tool("keytool"), "-certreq"));
    words.addAll(List.of("-storepass", "none", "-alias", "ca", "-keystore", "NONE"));
    words.addAll(List.of("-storetype", "HsmRest"));
    words.addAll(Registration.ADD_PROVIDER.options(jdk, folder, configuration));
    words.addAll(List.of("-J-XX:TieredStopAtLevel=1", "-J-XX:+UseSerialGC"));
    return words;
  }

  private RunningTool started(Command command) throws Exception {
    RunningTool tool = RunningTool.start(command.in(folder));
    tools.add(tool);
    return tool;
  }

  private RunningTool typing(Command command) throws Exception {
    RunningTool tool = RunningTool.startTyping(command.in(folder));
    tools.add(tool);
    return tool;
  }

  private static Optional<String> script() {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .map(directory -> Path.of(directory, "script"))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }

  /** In a shell, with a terminal for its input, its output and its errors. */
  private Command onTerminal(List<String> words) {
    return onTerminal(words, "%s");
  }

  /**
   * The same with some of the three elsewhere.
   *
   * @param line of the shell, in which the words take the place of {@code %s}
   */
  private Command onTerminal(List<String> words, String line) {
    Assumptions.assumeTrue(script().isPresent(), "there is no script(1), which makes a terminal");
    String quoted = words.stream().map(word -> "'" + word + "'").collect(Collectors.joining(" "));
    return Command.of(HEEDING_CTRL_C)
        .with(script().orElseThrow(), "-qec", line.formatted(quoted), "/dev/null")
        .environment("COLUMNS", "200")
        .environment("TERM", "xterm");
  }

  private static List<String> heedingCtrlC() {
    List<String> env = List.of("env", "--default-signal=INT");
    return Command.of(env).with("true").run().exitCode() == 0 ? env : List.of();
  }

  /** What stands on a terminal in the end: a carriage return begins the line anew. */
  private static List<String> screen(String written) {
    return Stream.of(written.split("\r?\n"))
        .map(
            line -> {
              StringBuilder shown = new StringBuilder();
              for (String part : line.replaceAll("\u001b\\[\\?7[lh]", "").split("\r", -1)) {
                String text = part.replace(ERASE, "");
                shown.replace(0, Math.min(text.length(), shown.length()), text);
                shown.setLength(part.contains(ERASE) ? text.length() : shown.length());
              }
              return shown.toString().stripTrailing();
            })
        .filter(line -> !line.isEmpty())
        .toList();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void onATerminalOneLineUpdatesBelowTheAnnouncement(Jdk jdk) throws Exception {
    List<String> words = certreq(jdk);
    words.addAll(List.of("-file", "ca.csr"));
    RunningTool tool = started(onTerminal(words));
    String request = gated.awaitRequest();
    tool.awaitOut("0 of 2 approvals");
    gated.simulator().approve(request, "alice");
    assertThat(screen(tool.awaitOut("1 of 2 approvals, missing: bob, carol; ")))
        .hasSize(2)
        .first()
        .asString()
        .isEqualTo(
            "approval needed to sign with key 'ca': request "
                + request
                + ", may be approved by alice, bob, carol; waiting up to 10 min");
    gated.simulator().approve(request, "bob");

    List<String> shown = screen(tool.result().succeeded().out());
    assertThat(shown).hasSize(2);
    assertThat(shown.get(1))
        .startsWith("request " + request + " to sign with key 'ca': EXECUTED after ");
    assertThat(folder.resolve("ca.csr")).content().contains("BEGIN NEW CERTIFICATE REQUEST");
  }

  /** The line for a terminal of 200 columns, as the README shows it. */
  @ParameterizedTest
  @MethodSource("jdks")
  void theLineOnAWideTerminalIsTheReadmes(Jdk jdk) throws Exception {
    List<String> words = certreq(jdk, "approval.timeout = 5m");
    words.addAll(List.of("-file", "ca.csr"));
    RunningTool tool = started(onTerminal(words));
    String request = gated.awaitRequest();
    gated.simulator().approve(request, "alice");

    String written = tool.awaitOut("1 of 2 approvals, missing: bob, carol; ");
    assertThat(written)
        .containsPattern(
            "waiting for approval of sign with 'ca': 1 of 2 approvals, missing: bob, carol; "
                + "[45]:\\d\\d left; request "
                + request.substring(0, 8));
    gated.simulator().approve(request, "carol");
    tool.result().succeeded();
  }

  /** The line goes where the errors go, and so does the question whether there is a terminal. */
  @ParameterizedTest
  @MethodSource("jdks")
  void aTerminalThatShowsTheErrorsAloneGetsTheLineToo(Jdk jdk) throws Exception {
    assumeProc();
    RunningTool tool = started(onTerminal(certreq(jdk), "%s </dev/null | cat >ca.csr"));
    String request = gated.awaitRequest();
    tool.awaitOut("0 of 2 approvals");
    gated.simulator().approve(request, "alice");
    tool.awaitOut("1 of 2 approvals");
    gated.simulator().approve(request, "bob");

    assertThat(screen(tool.result().succeeded().out()))
        .hasSize(2)
        .last()
        .asString()
        .startsWith("request " + request + " to sign with key 'ca': EXECUTED after ");
    assertThat(folder.resolve("ca.csr")).content().startsWith("-----BEGIN NEW CERTIFICATE");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void errorsInAFileAreALog(Jdk jdk) throws Exception {
    assumeProc();
    RunningTool tool = started(onTerminal(certreq(jdk), "%s 2>err.log"));
    String request = gated.awaitRequest();
    gated.simulator().approve(request, "alice");
    gated.simulator().approve(request, "bob");

    tool.result().succeeded();
    assertThat(folder.resolve("err.log"))
        .content()
        .doesNotContain("\r")
        .contains("INFO: request " + request + " to sign with key 'ca': EXECUTED after ");
  }

  private static void assumeProc() {
    Assumptions.assumeTrue(
        Files.isDirectory(Path.of("/proc/self/fd")), "nothing tells where the errors go");
  }

  /** It stands in a line of its own, and so does the shell's next prompt. */
  @ParameterizedTest
  @MethodSource("jdks")
  void whoPressesControlCIsToldWhatBecomesOfTheRequest(Jdk jdk) throws Exception {
    Assumptions.assumeFalse(HEEDING_CTRL_C.isEmpty(), "whoever runs the tests may ignore Ctrl-C");
    List<String> words = certreq(jdk);
    words.addAll(List.of("-file", "ca.csr"));
    RunningTool tool = typing(onTerminal(words, "trap : INT; %s; echo '$ '"));
    String request = gated.awaitRequest();
    tool.awaitOut("0 of 2 approvals");
    tool.type("\u0003");

    List<String> shown = screen(tool.awaitOut("$ "));
    assertThat(shown)
        .contains(
            "request "
                + request
                + " to sign with key 'ca' is not waited for any more; the request is being"
                + " withdrawn");
    assertThat(shown).last().isEqualTo("$");
    assertThat(gated.requests()).containsExactly(Map.entry(request, "CANCELLED"));
  }

  /** With the CSR going into a pipe there is no terminal, and nothing but the CSR gets into it. */
  @ParameterizedTest
  @MethodSource("jdks")
  void withoutATerminalThereIsALineAtTheStartAtEachChangeAndAtTheEnd(Jdk jdk) throws Exception {
    RunningTool tool = started(Command.of(certreq(jdk)));
    String request = gated.awaitRequest();
    tool.awaitErr("approval needed");
    gated.simulator().approve(request, "alice");
    tool.awaitErr("1 of 2 approvals");
    gated.simulator().approve(request, "bob");

    Command.Result ended = tool.result().succeeded();
    assertThat(ended.out().strip())
        .startsWith("-----BEGIN NEW CERTIFICATE REQUEST-----")
        .endsWith("-----END NEW CERTIFICATE REQUEST-----");
    assertThat(ended.err().lines().filter(line -> line.startsWith("INFO: ")))
        .satisfiesExactly(
            line -> assertThat(line).contains("approval needed to sign").contains(request),
            line ->
                assertThat(line)
                    .contains("waiting for approval of sign with 'ca': 1 of 2 approvals"),
            line -> assertThat(line).contains("EXECUTED after"));
    assertThat(ended.err()).doesNotContain("\r");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void theConsoleCanBeAskedForWithoutATerminal(Jdk jdk) throws Exception {
    RunningTool tool = started(Command.of(certreq(jdk, "approval.progress = console")));
    String request = gated.awaitRequest();
    tool.awaitErr("0 of 2 approvals");
    gated.simulator().approve(request, "alice");
    tool.awaitErr("1 of 2 approvals");
    gated.simulator().approve(request, "bob");

    Command.Result ended = tool.result().succeeded();
    assertThat(ended.out().strip()).startsWith("-----BEGIN NEW CERTIFICATE REQUEST-----");
    assertThat(screen(ended.err())).hasSize(2);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void nothingIsSaidWhereThatIsSet(Jdk jdk) throws Exception {
    RunningTool tool = started(Command.of(certreq(jdk, "approval.progress = none")));
    String request = gated.awaitRequest();
    gated.simulator().approve(request, "alice");
    gated.simulator().approve(request, "bob");

    assertThat(tool.result().succeeded().err()).isEmpty();
  }
}
