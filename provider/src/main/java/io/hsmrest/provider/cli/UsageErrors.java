package io.hsmrest.provider.cli;

import io.hsmrest.client.PlainText;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** A wrong command line: one line that says what, one that says where to look. */
final class UsageErrors implements IParameterExceptionHandler {
  private final Screen screen;

  UsageErrors(Screen screen) {
    this.screen = screen;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    screen.tell(
        "hsmrest: "
            + PlainText.oneLine(String.valueOf(e.getMessage()))
            + "; see '"
            + e.getCommandLine().getCommandSpec().qualifiedName()
            + " --help'");
    return ExitCode.USAGE;
  }
}
