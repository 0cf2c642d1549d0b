package io.hsmrest.provider.cli;

import picocli.CommandLine;

/** {@code java -jar hsmrest-provider.jar}. */
public final class Main {
  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

  private Main() {}

  /** Runs one command and ends this process with its exit code. */
  public static void main(String[] args) {
    if (System.getProperty(LOG_FORMAT) == null) {
      // One line each, as everything else that a command writes to stderr.
      System.setProperty(LOG_FORMAT, "%4$s: %5$s%n");
    }
    System.exit(commandLine(Surroundings.ofThisProcess()).execute(args));
  }

  static CommandLine commandLine(Surroundings surroundings) {
    CommandLine requests =
        new CommandLine(new RequestsCommand())
            .addSubcommand(new RequestsListCommand(surroundings))
            .addSubcommand(new RequestsShowCommand(surroundings))
            .addSubcommand(new RequestsWaitCommand(surroundings))
            .addSubcommand(new RequestsCancelCommand(surroundings));
    HsmRestCommand all = new HsmRestCommand();
    Screen screen = surroundings.screen();
    CommandLine commands =
        new CommandLine(all)
            .addSubcommand(new ApproveCommand(surroundings))
            .addSubcommand(new ApproverKeyCommand(surroundings))
            .addSubcommand(requests);
    return screen
        .lendTo(commands)
        .setCaseInsensitiveEnumValuesAllowed(true)
        // A password file named @secret must not be read as arguments.
        .setExpandAtFiles(false)
        .setUsageHelpAutoWidth(true)
        .setParameterExceptionHandler(new UsageErrors(screen))
        .setExecutionExceptionHandler(new Failures(screen, all));
  }
}
