package io.hsmrest.simulator.request;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.operation.Authorisation;
import io.hsmrest.simulator.operation.Command;
import io.hsmrest.simulator.operation.Commands;
import io.hsmrest.simulator.operation.Hsm;
import io.hsmrest.simulator.operation.RequestKind;
import io.hsmrest.simulator.operation.Result;
import io.hsmrest.simulator.policy.Outcome;
import io.hsmrest.simulator.policy.Outcome.State;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;
import io.hsmrest.simulator.state.Progress;
import io.hsmrest.simulator.state.RequestStatus;
import io.hsmrest.simulator.state.StoredRequest;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Moves a request on as far as its rule and the time allow (contract 5.3). */
final class Advance {
  private final Hsm hsm;
  private final Partition partition;
  private final Commands commands;
  private final Authorisation authorisation;

  Advance(Hsm hsm, Partition partition) {
    this.hsm = hsm;
    this.partition = partition;
    this.commands = new Commands(hsm, partition);
    this.authorisation = new Authorisation(hsm, partition);
  }

  /**
   * The request as it stands now; the HSM does its part if that is due.
   *
   * @param execution when the job that executes due requests has run, null if it has not
   * @param cleanup when the job that expires requests has run, null if it has not
   */
  StoredRequest advance(
      StoredRequest request, @Nullable Instant execution, @Nullable Instant cleanup) {
    Progress progress = request.progress();
    if (progress.status().isTerminal()) {
      return request;
    }
    State state = evaluate(request, hsm.now()).state();
    return switch (state) {
      case FULFILLED ->
          wasSo(request, state, execution)
              ? execute(request)
              : request.with(progress.in(RequestStatus.APPROVED));
      case TIMELOCKED -> request.with(progress.in(RequestStatus.APPROVED));
      case UNREACHABLE -> request.with(progress.in(RequestStatus.REJECTED));
      case EXPIRED ->
          wasSo(request, state, cleanup)
              ? request.with(progress.in(RequestStatus.EXPIRED))
              : request;
      case OPEN -> request;
    };
  }

  /** When the request may change by time alone. */
  Instant due(StoredRequest request) {
    if (request.status().isTerminal()) {
      return Instant.MAX;
    }
    Outcome outcome = evaluate(request, hsm.now());
    return switch (outcome.state()) {
      case OPEN, TIMELOCKED -> Optional.ofNullable(outcome.due()).orElse(Instant.MAX);
      default -> Instant.MIN;
    };
  }

  /** Whether a job that ran then has found the request in that state. */
  private boolean wasSo(StoredRequest request, State state, @Nullable Instant then) {
    return then != null && evaluate(request, then).state() == state;
  }

  private Outcome evaluate(StoredRequest request, Instant now) {
    return hsm.evaluation()
        .evaluate(
            request.rule(),
            request.created(),
            now,
            Set.copyOf(request.progress().approvedBy()),
            Set.copyOf(request.progress().rejectedBy()));
  }

  private StoredRequest execute(StoredRequest request) {
    return execute(
        request,
        () ->
            commands.readAsynchronous(
                RequestKind.valueOf(request.kind()), request.body().toArray()));
  }

  /** Lets the HSM do the work. Its refusal is the request's failure; no reason is given. */
  StoredRequest execute(StoredRequest request, Supplier<Command> reading) {
    Instant now = hsm.now();
    try {
      Command command = reading.get();
      KeyEntry entry = command.open(partition);
      Set<Bytes> approvedBy = Set.copyOf(request.progress().approvedBy());
      authorisation.requireApproved(entry, command, request.created(), approvedBy);
      Result result = command.execute(hsm, partition, entry);
      return request.with(request.progress().executed(RequestStatus.EXECUTED, now, result.text()));
    } catch (ServiceRefusal refusal) {
      return request.with(request.progress().executed(RequestStatus.FAILED, now, null));
    }
  }
}
