package io.hsmrest.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What all commands have in common. */
class CommandLineTest {
  private final Cli cli;
  private final Path folder;

  CommandLineTest(@TempDir Path folder) {
    this.folder = folder;
    cli = new Cli(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "approve --help",
        "approver-key --help",
        "requests --help",
        "requests list --help",
        "requests show --help",
        "requests wait --help",
        "requests cancel --help",
        "-h"
      })
  void helpTellsTheExitCodesAndIsDone(String words) {
    Cli.Result result = cli.runAsIs(words.split(" "));
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(result.out())
        .startsWith("Usage: hsmrest")
        .contains("Exit codes:")
        .contains("  9  it was not executed in time");
    assertThat(result.err()).isEmpty();
  }

  @Test
  void theVersionIsTold() {
    Cli.Result result = cli.runAsIs("--version");
    assertThat(result.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(result.out()).startsWith("hsmrest 0.1").contains(", Java " + Runtime.version());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "requests",
        "aprove",
        "approve",
        "approve --key",
        "requests show",
        "requests show a b",
        "requests list --wat",
        "requests wait"
      })
  void aWrongCommandLineIsOneLineThatSaysWhereToLook(String words) {
    Cli.Result result = cli.runAsIs(words.isEmpty() ? new String[0] : words.split(" "));
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
    assertThat(result.err().lines())
        .singleElement()
        .asString()
        .startsWith("hsmrest: ")
        .contains("; see 'hsmrest")
        .endsWith(" --help'");
  }

  @Test
  void aFileIsNotReadAsArguments() throws Exception {
    Path file = Files.writeString(folder.resolve("words"), "--version");
    Cli.Result result = cli.runAsIs("@" + file);
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.out()).isEmpty();
  }

  @Test
  void aConfigurationThatIsMissingOrWrongIsOneLine() throws Exception {
    Cli.Result missing = cli.run("requests", "list", "--config", folder + "/no.properties");
    assertThat(missing.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(missing.err())
        .isEqualToIgnoringNewLines(
            "hsmrest: configuration file " + folder + "/no.properties does not exist");
    Path wrong = Files.writeString(folder.resolve("wrong.properties"), "endpoit = x");
    Cli.Result result = cli.run("requests", "list", "--config", wrong.toString());
    assertThat(result.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(result.err()).contains("did you mean 'endpoint'?");
  }

  @Test
  void thePasswordOfTheKeyStoreIsGivenByItsPlace() throws Exception {
    Path properties =
        Files.writeString(
            folder.resolve("token.properties"),
            "endpoint = http://127.0.0.1:1\nauth.token = storepass:\n");
    String[] words = {
      "requests", "list", "--config", properties.toString(), "--storepass", "file:" + cli.password()
    };
    assertThat(cli.run(words).exitCode()).isEqualTo(ExitCode.DONE);
    Secret password = cli.configured().authentication().storePassword();
    assertThat(Objects.requireNonNull(password).reveal()).isEqualTo(Cli.PASSWORD);
    words[5] = Cli.PASSWORD;
    assertThat(cli.run(words).err())
        .isEqualToIgnoringNewLines(
            "hsmrest: --storepass takes env:NAME or file:PATH, never the password itself");
  }

  @Test
  void aFailureIsOneLineWithoutWhatWouldSteerATerminal() throws Exception {
    cli.requests.failing(new HsmException("refused: \u001b[2Jno\nline two", null));
    Cli.Result result = cli.run("requests", "list");
    assertThat(result.exitCode()).isEqualTo(ExitCode.FAILURE);
    assertThat(result.err()).isEqualToIgnoringNewLines("hsmrest: refused: ?[2Jno line two");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--stacktrace requests list", "requests list --stacktrace"})
  void whereItCameFromIsShownWhenAskedFor(String words) throws Exception {
    cli.requests.failing(new HsmException("refused", null));
    assertThat(cli.run(words.split(" ")).err())
        .contains("hsmrest: refused")
        .contains("    at io.hsmrest.provider.cli.");
  }
}
