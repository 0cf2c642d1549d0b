package io.hsmrest.provider.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The commands' common part. */
@Command(
    name = "hsmrest",
    description = "Approves requests on keys in an HSM, and looks after requests.",
    mixinStandardHelpOptions = true,
    scope = ScopeType.INHERIT,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExit codes:%n",
    footer = {
      "  0  done",
      "  1  the service refused or did not answer, or a key cannot be used",
      "  2  the command line or the configuration is wrong; nothing was sent",
      "  3  no such request, or none that waits for this approver",
      "  4  something was left without an answer",
      "  5  the request was rejected     6  it expired",
      "  7  it failed in the HSM         8  it was cancelled",
      "  9  it was not executed in time"
    })
final class HsmRestCommand {

  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Show where in the program an error came from.")
  private boolean stackTrace;

  boolean stackTrace() {
    return stackTrace;
  }
}
