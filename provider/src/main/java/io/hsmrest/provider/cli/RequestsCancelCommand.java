package io.hsmrest.provider.cli;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.model.RequestState;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code hsmrest requests cancel}. */
@Command(name = "cancel", description = "Withdraws a request, so that nobody can approve it.")
final class RequestsCancelCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "ID", description = "The request's id.")
  private String id = "";

  RequestsCancelCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /** The client takes what is unknown or finished for cancelled, so it is looked for before. */
  @Override
  public Integer call() throws HsmException {
    String shown = PlainText.oneLine(id);
    try (RequestClient client = surroundings.connections().client(configuration.read())) {
      Optional<RequestState> state = RequestLookup.state(client, id);
      if (state.isEmpty()) {
        surroundings.tell("hsmrest: there is no request " + shown);
        return ExitCode.NOT_FOUND;
      }
      if (!RequestLookup.isOpen(state.get())) {
        surroundings.tell(
            "hsmrest: request " + shown + " is " + state.get() + "; there is nothing to cancel");
        return ExitCode.of(state.get()) == ExitCode.CANCELLED ? ExitCode.DONE : ExitCode.FAILURE;
      }
      client.cancelRequest(id);
      surroundings.say("Request " + shown + " is cancelled.");
      return ExitCode.DONE;
    }
  }
}
