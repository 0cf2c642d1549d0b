package io.hsmrest.provider.cli;

import io.hsmrest.client.PlainText;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;

/** A wrong command line: one line that says what, one that says where to look. */
final class UsageErrors implements IParameterExceptionHandler {

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    command
        .getErr()
        .println(
            "hsmrest: "
                + PlainText.oneLine(String.valueOf(e.getMessage()))
                + "; see '"
                + command.getCommandSpec().qualifiedName()
                + " --help'");
    command.getErr().flush();
    return ExitCode.USAGE;
  }
}
