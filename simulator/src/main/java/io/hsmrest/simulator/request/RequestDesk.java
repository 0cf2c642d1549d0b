package io.hsmrest.simulator.request;

import io.hsmrest.simulator.config.Behaviour.BlockedAsync;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.operation.Command;
import io.hsmrest.simulator.operation.Commands;
import io.hsmrest.simulator.operation.Hsm;
import io.hsmrest.simulator.operation.KeyAccess;
import io.hsmrest.simulator.operation.RequestKind;
import io.hsmrest.simulator.operation.SystemKeys;
import io.hsmrest.simulator.policy.ApprovalToBeSigned;
import io.hsmrest.simulator.policy.Needs;
import io.hsmrest.simulator.policy.Policy;
import io.hsmrest.simulator.policy.Rule;
import io.hsmrest.simulator.policy.TimestampSigner;
import io.hsmrest.simulator.state.KeyEntry;
import io.hsmrest.simulator.state.Partition;
import io.hsmrest.simulator.state.Progress;
import io.hsmrest.simulator.state.RequestStatus;
import io.hsmrest.simulator.state.Requests;
import io.hsmrest.simulator.state.StoredRequest;
import io.hsmrest.simulator.state.StoredTask;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous requests of one partition (contract 2.4, 5.3). Thread-safe.
 *
 * <p>Time needs no thread here: whoever asks for anything first gets what the time has done.
 */
public final class RequestDesk {
  private final Hsm hsm;
  private final Partition partition;
  private final Commands commands;
  private final Advance advance;
  private final Job execution;
  private final Job cleanup;

  /** No open request changes by time alone before this. */
  private Instant nextDue = Instant.MIN;

  /** Serves one partition. */
  public RequestDesk(Hsm hsm, Partition partition) {
    this.hsm = hsm;
    this.partition = partition;
    this.commands = new Commands(hsm, partition);
    this.advance = new Advance(hsm, partition);
    var timers = hsm.settings().timers();
    execution = new Job(timers.hsmRequestsTimerServiceInterval(), hsm.now());
    cleanup = new Job(timers.approvalTaskCleanupInterval(), hsm.now());
  }

  /** The partition. */
  public Partition partition() {
    return partition;
  }

  /**
   * Takes a request up.
   *
   * @param body as it was sent
   */
  public StoredRequest submit(RequestKind kind, byte[] body) {
    Command command = commands.readAsynchronous(kind, body);
    KeyEntry entry = command.open(partition);
    if (hsm.behaviour().blockedAsync() == BlockedAsync.REFUSED && kind != RequestKind.UNBLOCK) {
      KeyAccess.checkNotBlocked(entry.key());
    }
    Policy policy = entry.key().policy();
    Rule rule = policy == null ? null : policy.rule(kind.operation());
    boolean atOnce = hsm.evaluation().needs(rule) == Needs.NOTHING;
    Instant now = hsm.now().truncatedTo(ChronoUnit.SECONDS);
    List<StoredTask> tasks = atOnce ? List.of() : tasks(rule, now);
    var request =
        new StoredRequest(
            UUID.randomUUID(),
            partition.requests().nextNumber(),
            kind.name(),
            Bytes.of(body),
            command.keyLabel(),
            rule,
            now,
            atOnce ? null : stamp(command, now),
            Progress.waitingFor(tasks));
    if (atOnce) {
      StoredRequest done = advance.execute(request, () -> command);
      partition.requests().put(done);
      return done;
    }
    synchronized (this) {
      return put(request);
    }
  }

  /** Notes an unwrapping that the broker has done for itself, with its result. */
  public StoredRequest recordUnwrapped(String keyLabel, byte[] body, String result) {
    Instant now = hsm.now();
    var request =
        new StoredRequest(
            UUID.randomUUID(),
            partition.requests().nextNumber(),
            RequestKind.UNWRAP.name(),
            Bytes.of(body),
            keyLabel,
            null,
            now,
            null,
            Progress.waitingFor(List.of()).executed(RequestStatus.EXECUTED, now, result));
    partition.requests().put(request);
    return request;
  }

  /**
   * A request as it stands now.
   *
   * @throws ServiceRefusal 651 if there is none
   */
  public StoredRequest find(UUID id) {
    advance();
    return stored(id);
  }

  /** A request as it stands now, whose result is handed out. */
  public StoredRequest fetch(UUID id) {
    StoredRequest request = find(id);
    if (hsm.behaviour().resultOnce() && request.progress().result() != null) {
      synchronized (this) {
        request = stored(id);
        partition.requests().put(request.with(request.progress().withoutResult()));
      }
    }
    return request;
  }

  /** All requests as they stand now, oldest first. */
  public List<StoredRequest> all() {
    advance();
    return partition.requests().all();
  }

  /** The requests that wait for approvals now, oldest first. */
  public List<StoredRequest> pending() {
    advance();
    return partition.requests().open().stream()
        .filter(request -> request.status() == RequestStatus.PENDING)
        .toList();
  }

  /** Cancels a request; one that is finished stays as it is. */
  public synchronized void cancel(UUID id) {
    StoredRequest request = find(id);
    if (!request.status().isTerminal()) {
      put(request.with(request.progress().in(RequestStatus.CANCELLED)));
    }
  }

  /** Cancels what is open for a key that has been deleted. */
  public synchronized void keyDeleted(String label) {
    for (StoredRequest request : partition.requests().open()) {
      if (request.keyLabel().equals(label)) {
        put(request.with(request.progress().in(RequestStatus.CANCELLED)));
      }
    }
  }

  /** The open request of a task, or null. */
  synchronized @Nullable StoredRequest ofTask(UUID task) {
    advance();
    return partition.requests().ofTask(task).orElse(null);
  }

  /**
   * Changes the request of a task.
   *
   * @throws ServiceRefusal 652 if the task is gone
   */
  synchronized StoredRequest answer(UUID task, UnaryOperator<StoredRequest> change) {
    StoredRequest request = ofTask(task);
    if (request == null) {
      throw taskNotExistent(task);
    }
    return put(change.apply(request));
  }

  /** Lets a request expire, whatever the time. */
  public synchronized void expire(UUID id) {
    StoredRequest request = find(id);
    if (!request.status().isTerminal()) {
      put(request.with(request.progress().in(RequestStatus.EXPIRED)));
    }
  }

  /**
   * Waits until a request waits for approvals.
   *
   * @return the oldest that does, or null if none came in time
   */
  public synchronized @Nullable StoredRequest awaitPending(Duration timeout)
      throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      List<StoredRequest> pending = pending();
      if (!pending.isEmpty()) {
        return pending.get(0);
      }
      long left = end - System.nanoTime();
      if (left <= 0) {
        return null;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }

  /** Does what is due. */
  public synchronized void advance() {
    Instant now = hsm.now();
    Instant executes = execution.run(now);
    Instant expires = cleanup.run(now);
    if (now.isBefore(nextDue)) {
      return;
    }
    nextDue = Instant.MAX;
    Requests requests = partition.requests();
    for (StoredRequest request : requests.open()) {
      StoredRequest next = advance.advance(request, executes, expires);
      if (!next.equals(request)) {
        requests.put(next);
      }
      expect(next);
    }
  }

  /** Stores a changed request after moving it on as far as it goes without a job. */
  private StoredRequest put(StoredRequest request) {
    Instant now = hsm.now();
    StoredRequest next =
        advance.advance(
            request, execution.isImmediate() ? now : null, cleanup.isImmediate() ? now : null);
    partition.requests().put(next);
    expect(next);
    notifyAll();
    return next;
  }

  private void expect(StoredRequest request) {
    Instant due = advance.due(request);
    nextDue = due.isBefore(nextDue) ? due : nextDue;
  }

  private StoredRequest stored(UUID id) {
    return partition
        .requests()
        .find(id)
        .orElseThrow(
            () ->
                new ServiceRefusal(
                    Reason.REQUEST_NOT_EXISTENT,
                    "A request with the id '" + id + "' does not exist."));
  }

  private List<StoredTask> tasks(@Nullable Rule rule, Instant now) {
    return hsm.evaluation().approvers(rule).stream()
        .map(approver -> new StoredTask(UUID.randomUUID(), approver, now, null))
        .toList();
  }

  private StoredRequest.Stamp stamp(Command command, Instant now) {
    TimestampSigner.Signed signed =
        SystemKeys.timestampSigner(hsm, partition).sign(command.payload(), now);
    Bytes toBeSigned =
        new ApprovalToBeSigned(
                command.kind().operation(),
                command.keyLabel(),
                signed.timestamp(),
                signed.signatureWithAlgorithm(),
                command.payload())
            .toBytes();
    return new StoredRequest.Stamp(
        signed.timestamp(), signed.signature(), signed.signatureWithAlgorithm(), toBeSigned);
  }

  static ServiceRefusal taskNotExistent(UUID task) {
    return new ServiceRefusal(
        Reason.TASK_NOT_EXISTENT, "A task with the id '" + task + "' does not exist.");
  }
}
