package io.hsmrest.provider.cli;

import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.RequestClient;
import io.hsmrest.client.Settings;
import io.hsmrest.client.approval.ApprovalException;
import io.hsmrest.client.approval.ApprovalUnreadableException;
import io.hsmrest.client.approval.ApprovalWaiter;
import io.hsmrest.client.approval.PendingApproval;
import io.hsmrest.client.approval.StatusLine;
import io.hsmrest.client.approval.Terminal;
import io.hsmrest.client.model.RequestStatus;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hsmrest requests wait}. */
@Command(
    name = "wait",
    description = {
      "Waits until a request is executed; each other end has an exit code of its own. The request"
          + " is only looked at: giving up does not withdraw it.",
      "",
      "Where the service hands a result out only once, this takes it; --result prints it."
    })
final class RequestsWaitCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();

  @Parameters(paramLabel = "ID", description = "The request's id.")
  private String id = "";

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description = "How long to wait at most (default: the setting approval.timeout).")
  private @Nullable Duration timeout;

  @Option(names = "--result", description = "Print the result when it is there.")
  private boolean result;

  RequestsWaitCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws HsmException {
    HsmClientConfig config = configuration.read(settings());
    try (RequestClient client = surroundings.connections().client(config)) {
      RequestStatus status = await(client, config);
      return result ? RequestsShowCommand.result(surroundings, status) : ExitCode.DONE;
    } catch (ApprovalUnreadableException e) {
      // Nothing was given up here but looking at it.
      throw e.getCause() instanceof HsmException refusal ? refusal : e;
    } catch (ApprovalException e) {
      RequestStatus last = e.lastStatus();
      surroundings.tell("hsmrest: request " + PlainText.oneLine(id) + " " + end(last));
      return last == null ? ExitCode.NOT_IN_TIME : ExitCode.of(last.state());
    }
  }

  private static String end(@Nullable RequestStatus last) {
    if (last != null && last.state().isTerminal()) {
      return "ended: " + last.state();
    }
    return "was not executed in time; it "
        + (last == null ? "could not be looked at" : "is " + PlainText.oneLine(last.stateName()));
  }

  /** Whoever only looks at somebody's request must not withdraw it. */
  private Settings settings() throws HsmException {
    Map<String, String> overrides = new HashMap<>(Map.of("approval.onGiveUp", "keep"));
    if (timeout != null) {
      overrides.put("approval.timeout", timeout.toMillis() + "ms");
    }
    return configuration.settings().with(overrides);
  }

  private RequestStatus await(RequestClient client, HsmClientConfig config) throws HsmException {
    StatusLine line =
        Terminal.showsErrors() ? StatusLine.onErrors(surroundings.screen()::tellPart) : null;
    WaitingLine listener = new WaitingLine(surroundings, line);
    return ApprovalWaiter.of(
            client, config.approval(), listener, surroundings.clock(), surroundings.sleeper())
        .await(new PendingApproval(id, "", "request", null));
  }
}
