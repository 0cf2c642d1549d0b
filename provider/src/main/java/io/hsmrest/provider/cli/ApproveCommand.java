package io.hsmrest.provider.cli;

import io.hsmrest.client.ApproverClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.RequestClient;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hsmrest approve}. */
@Command(
    name = "approve",
    description = {
      "Shows the requests that wait for an approver's answer, asks, signs and sends it.",
      "",
      "What the signature covers is read from the very bytes that are signed. A request that does"
          + " not fit them is never approved; one that cannot be compared with them is approved by a"
          + " person only, not with --yes."
    })
final class ApproveCommand implements Callable<Integer> {
  private final Surroundings surroundings;

  @Mixin private final ConfigurationOption configuration = new ConfigurationOption();
  @Mixin private final ApproverKeyOption key = new ApproverKeyOption();

  @Option(
      names = "--request",
      paramLabel = "ID",
      description = "Only this request; with --watch, wait for it and end when it is answered.")
  private @Nullable String requestId;

  @Option(names = "--watch", description = "Go on looking for requests until interrupted (Ctrl-C).")
  private boolean watch;

  @Option(
      names = "--interval",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      defaultValue = "5s",
      description = "With --watch: the time between two looks (default: ${DEFAULT-VALUE}).")
  private Duration interval = Duration.ofSeconds(5);

  @Option(names = "--yes", description = "Do not ask; needed where there is no terminal.")
  private boolean yes;

  @Option(names = "--reject", description = "Reject instead of approving.")
  private boolean reject;

  ApproveCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() throws HsmException {
    if (!yes && !surroundings.dialogue().isInteractive()) {
      throw new HsmConfigurationException(
          "there is no terminal to ask on; with --yes everything that waits is "
              + (reject ? "rejected" : "approved")
              + " without asking");
    }
    HsmClientConfig config = configuration.read();
    ApproverKey approver = key.open(surroundings.dialogue());
    try (ApproverClient client = surroundings.connections().approver(config);
        RequestClient requests = surroundings.connections().client(config)) {
      Decision decision = new Decision(surroundings, yes, reject);
      Outages outages = watch ? new Outages(surroundings) : null;
      ApprovalDesk desk =
          new ApprovalDesk(surroundings, client, approver, requestId, decision, outages);
      return outages != null
          ? new ApprovalWatch(surroundings, desk, requests, interval, outages).run(requestId)
          : once(desk, requests, approver);
    }
  }

  private int once(ApprovalDesk desk, RequestClient requests, ApproverKey approver)
      throws HsmException {
    desk.round();
    if (desk.seen() > 0) {
      return desk.exitCode();
    }
    if (requestId != null) {
      surroundings.tell("hsmrest: " + RequestLookup.whyNoTask(requests, requestId, approver));
      return ExitCode.NOT_FOUND;
    }
    surroundings.say("Nothing waits for " + approver.describe() + ".");
    return desk.exitCode();
  }
}
