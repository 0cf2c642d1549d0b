package io.hsmrest.provider.cli;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestSummary;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hsmrest requests list}. */
@Command(name = "list", description = "Lists requests: one line each, id and state.")
final class RequestsListCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();

  @Option(
      names = "--state",
      split = ",",
      paramLabel = "STATE",
      description = {
        "Only requests in this state; may be given several times. Default: PENDING,APPROVED.",
        "States: PENDING, APPROVED, EXECUTED, FAILED, EXPIRED, REJECTED, CANCELLED."
      })
  private List<RequestState> states = List.of(RequestState.PENDING, RequestState.APPROVED);

  RequestsListCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws HsmException {
    Set<RequestState> asked = EnumSet.copyOf(states);
    if (asked.contains(RequestState.UNKNOWN)) {
      throw new HsmConfigurationException("UNKNOWN is no state of the service");
    }
    try (RequestClient client = surroundings.connections().client(configuration.read())) {
      for (RequestSummary request : client.listRequests(asked)) {
        surroundings.say(PlainText.oneLine(request.id()) + "  " + request.state());
      }
    }
    return ExitCode.DONE;
  }
}
