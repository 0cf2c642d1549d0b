package io.hsmrest.provider.cli;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.UnknownRequestException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What went wrong, in one line on stderr; the service's text is made fit for a terminal. */
final class Failures implements IExecutionExceptionHandler {
  private static final int TIMESTAMP_OFF = 404;

  private final Screen screen;
  private final HsmRestCommand options;

  Failures(Screen screen, HsmRestCommand options) {
    this.screen = screen;
    this.options = options;
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult parsed) {
    screen.tell("hsmrest: " + line(e));
    if (options.stackTrace()) {
      screen.tellTrace(e);
    } else if (!(e instanceof HsmException)) {
      screen.tell("hsmrest: this is an error in the program; --stacktrace shows where");
    }
    return exitCode(e);
  }

  private static int exitCode(Exception e) {
    if (e instanceof HsmConfigurationException) {
      return ExitCode.USAGE;
    }
    return e instanceof UnknownRequestException ? ExitCode.NOT_FOUND : ExitCode.FAILURE;
  }

  /** The message with what may be done about it. */
  static String line(Exception e) {
    String message = e instanceof HsmException ? String.valueOf(e.getMessage()) : e.toString();
    boolean clock =
        e instanceof HsmResponseException refused && refused.error().code() == TIMESTAMP_OFF;
    return PlainText.oneLine(message) + (clock ? "; check this machine's clock" : "");
  }
}
