package io.hsmrest.simulator.state;

import io.hsmrest.simulator.crypto.Bytes;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How far an asynchronous request has come. Immutable.
 *
 * @param approvedBy public keys (SPKI)
 * @param notYetApprovedBy public keys (SPKI)
 * @param rejectedBy public keys (SPKI)
 * @param executionTime null until it has been sent to the HSM
 * @param result null until there is one
 * @param tasks those that still wait for an answer
 */
public record Progress(
    RequestStatus status,
    List<Bytes> approvedBy,
    List<Bytes> notYetApprovedBy,
    List<Bytes> rejectedBy,
    @Nullable Instant executionTime,
    @Nullable String result,
    List<StoredTask> tasks) {

  /** The lists are copied. */
  public Progress {
    approvedBy = List.copyOf(approvedBy);
    notYetApprovedBy = List.copyOf(notYetApprovedBy);
    rejectedBy = List.copyOf(rejectedBy);
    tasks = List.copyOf(tasks);
  }

  /** Waiting for those who have these tasks. */
  public static Progress waitingFor(List<StoredTask> tasks) {
    return new Progress(
        RequestStatus.PENDING,
        List.of(),
        tasks.stream().map(task -> task.approver().publicKey()).toList(),
        List.of(),
        null,
        null,
        tasks);
  }

  /** In another state. Only a pending request has tasks. */
  public Progress in(RequestStatus next) {
    return new Progress(
        next,
        approvedBy,
        notYetApprovedBy,
        rejectedBy,
        executionTime,
        result,
        next == RequestStatus.PENDING ? tasks : List.of());
  }

  /** After the HSM has answered. */
  public Progress executed(RequestStatus next, Instant time, @Nullable String newResult) {
    return new Progress(next, approvedBy, notYetApprovedBy, rejectedBy, time, newResult, List.of());
  }

  /** After the result has been handed out. */
  public Progress withoutResult() {
    return new Progress(
        status, approvedBy, notYetApprovedBy, rejectedBy, executionTime, null, tasks);
  }

  /** After an approver's answer, whose task is gone. */
  public Progress answered(StoredTask task, boolean approved) {
    Bytes who = task.approver().publicKey();
    return new Progress(
        status,
        approved ? plus(approvedBy, who) : approvedBy,
        notYetApprovedBy.stream().filter(other -> !other.equals(who)).toList(),
        approved ? rejectedBy : plus(rejectedBy, who),
        executionTime,
        result,
        tasks.stream().filter(other -> !other.id().equals(task.id())).toList());
  }

  /** With each task changed. */
  public Progress withTasks(UnaryOperator<StoredTask> change) {
    return new Progress(
        status,
        approvedBy,
        notYetApprovedBy,
        rejectedBy,
        executionTime,
        result,
        tasks.stream().map(change).toList());
  }

  private static List<Bytes> plus(List<Bytes> all, Bytes one) {
    return Stream.concat(all.stream(), Stream.of(one)).toList();
  }
}
