package io.hsmrest.simulator.request;

import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.Reason;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.operation.Hsm;
import io.hsmrest.simulator.operation.RequestKind;
import io.hsmrest.simulator.policy.ApproverSignature;
import io.hsmrest.simulator.state.StoredRequest;
import io.hsmrest.simulator.state.StoredTask;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;

/**
 * What approvers do with the tasks of one partition (contract 2.6). Thread-safe.
 *
 * <p>The approver's page, the scripted approvers and the helpers for tests come through here too.
 */
public final class TaskDesk {
  private final Hsm hsm;
  private final RequestDesk requests;

  /** Serves the tasks of those requests. */
  public TaskDesk(Hsm hsm, RequestDesk requests) {
    this.hsm = hsm;
    this.requests = requests;
  }

  /** A task with its request. */
  public record Found(StoredTask task, StoredRequest request) {}

  /** The requests. */
  public RequestDesk requests() {
    return requests;
  }

  /** The tasks that a query asks for, of requests of those kinds, without regard to pages. */
  public List<Found> find(TaskQuery query, Set<RequestKind> kinds) {
    Predicate<Found> wanted =
        found ->
            kinds.contains(RequestKind.valueOf(found.request().kind()))
                && query.authentication().covers(found.task().approver())
                && matches(query, found);
    return tasks().stream().filter(wanted).toList();
  }

  /** All tasks that wait for an answer, oldest request first. */
  public List<Found> tasks() {
    List<Found> all = new ArrayList<>();
    for (StoredRequest request : requests.pending()) {
      request.progress().tasks().forEach(task -> all.add(new Found(task, request)));
    }
    return all;
  }

  /** The page that a query asks for, of tasks of whatever partitions. */
  public static List<Found> page(TaskQuery query, List<Found> all) {
    return all.stream()
        .sorted(Comparator.comparing(Found::task, query.order().comparator()))
        .skip((long) query.pageNumber() * query.pageSize())
        .limit(query.pageSize() == 0 ? Long.MAX_VALUE : query.pageSize())
        .toList();
  }

  /** Notes that a task's approver has seen it. */
  public void fetched(Found found) {
    Instant now = hsm.now();
    UUID id = found.task().id();
    if (requests.ofTask(id) != null) {
      requests.answer(
          id,
          request ->
              request.with(
                  request
                      .progress()
                      .withTasks(task -> task.id().equals(id) ? task.fetchedAt(now) : task)));
    }
  }

  /** Whether the task is one of this partition's. */
  public boolean has(UUID task) {
    return requests.ofTask(task) != null;
  }

  /**
   * An approver approves.
   *
   * @param approvalToBeSigned as it was fetched
   * @param signature over it
   * @return the request afterwards
   * @throws ServiceRefusal 652 if the task is gone or another approver's, 403 if the signature is
   *     wrong or over something else
   */
  public StoredRequest approve(
      UUID taskId,
      Identity identity,
      Bytes approvalToBeSigned,
      String digestAlgorithm,
      Bytes signature) {
    ApproverSignature.check(identity.key(), digestAlgorithm, approvalToBeSigned, signature);
    return requests.answer(
        taskId,
        request -> {
          StoredTask task = own(request, taskId, identity::is);
          StoredRequest.Stamp stamp = request.stamp();
          if (stamp == null || !stamp.approvalToBeSigned().equals(approvalToBeSigned)) {
            throw new ServiceRefusal(
                Reason.INPUT_INVALID_SIGNATURE, "The approval is not about this task.");
          }
          return request.with(request.progress().answered(task, true));
        });
  }

  /**
   * An approver rejects. The authentication has been checked.
   *
   * @return the request afterwards
   * @throws ServiceRefusal 652 if the task is gone or another approver's
   */
  public StoredRequest reject(UUID taskId, Authentication authentication) {
    return requests.answer(
        taskId,
        request ->
            request.with(
                request.progress().answered(own(request, taskId, authentication::covers), false)));
  }

  private static StoredTask own(
      StoredRequest request,
      UUID taskId,
      Predicate<io.hsmrest.simulator.policy.Approver> isCaller) {
    return request.progress().tasks().stream()
        .filter(task -> task.id().equals(taskId) && isCaller.test(task.approver()))
        .findFirst()
        .orElseThrow(() -> RequestDesk.taskNotExistent(taskId));
  }

  private static boolean matches(TaskQuery query, Found found) {
    String task = query.task();
    if (task != null) {
      return found.task().id().toString().equalsIgnoreCase(task);
    }
    String request = query.request();
    return request == null || found.request().id().toString().equalsIgnoreCase(request);
  }
}
