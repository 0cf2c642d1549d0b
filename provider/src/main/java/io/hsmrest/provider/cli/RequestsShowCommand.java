package io.hsmrest.provider.cli;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.approval.Approvers;
import io.hsmrest.client.model.RequestStatus;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hsmrest requests show}. */
@Command(
    name = "show",
    description = {
      "Shows a request: its state and who has approved, is missing, has rejected.",
      "",
      "Where the service hands a result out only once, this takes it; --result prints it."
    })
final class RequestsShowCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "ID", description = "The request's id.")
  private String id = "";

  @Option(names = "--result", description = "Print the result and nothing else.")
  private boolean result;

  RequestsShowCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws HsmException {
    try (RequestClient client = surroundings.connections().client(configuration.read())) {
      RequestStatus status = client.readRequest(id);
      if (result) {
        return result(surroundings, status);
      }
      Approvers names = new Approvers(null);
      Facts facts = new Facts(surroundings.screen().columns());
      facts.add("state", status.stateName());
      facts.add("approved by", names.names(status.approvedBy()));
      facts.add("missing", names.names(status.notYetApprovedBy()));
      facts.add("rejected by", names.names(status.rejectedBy()));
      facts.add(
          "executed at", status.executionTime() == null ? null : status.executionTime().toString());
      facts.add("result", status.result() == null ? "none" : "there is one");
      facts.lines().forEach(line -> surroundings.say(line.strip()));
      return ExitCode.DONE;
    }
  }

  /** The result on stdout, for pipelines; the service's text, base64 or PEM. */
  static int result(Surroundings surroundings, RequestStatus status) {
    String text = status.result();
    if (text == null) {
      surroundings.tell(
          "hsmrest: request "
              + PlainText.oneLine(status.id())
              + " is "
              + PlainText.oneLine(status.stateName())
              + " and has no result");
      return ExitCode.NOT_FOUND;
    }
    text.strip().lines().forEach(surroundings::say);
    return ExitCode.DONE;
  }
}
