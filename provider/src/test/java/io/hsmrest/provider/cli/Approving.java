package io.hsmrest.provider.cli;

import io.hsmrest.client.ApproverClient;
import io.hsmrest.client.ApproverIdentity;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.ApproverTask;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.TaskReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The approvers' side of a service: has tasks, and remembers the answers. */
final class Approving implements ApproverClient {
  private final Map<String, ApproverTask> tasks = new LinkedHashMap<>();
  boolean ignoresTheRequest;
  final List<String> answers = new ArrayList<>();
  private final List<@Nullable HsmException> failures = new ArrayList<>();
  private final List<HsmException> refusals = new ArrayList<>();

  private final Map<String, HsmException> unreadable = new HashMap<>();
  private final List<Runnable> listeners = new ArrayList<>();

  /** Runs after each answer. */
  void onAnswer(Runnable listener) {
    listeners.add(listener);
  }

  Approving without(String task) {
    tasks.remove(task);
    return this;
  }

  /** What the next look at that task ends with. */
  Approving unreadable(String task, HsmException failure) {
    unreadable.put(task, failure);
    tasks.putIfAbsent(task, ToBeSigned.sign(task, "not read"));
    return this;
  }

  Approving with(ApproverTask task) {
    tasks.put(task.id(), task);
    return this;
  }

  /** What the next look ends with, null for well. */
  Approving failing(@Nullable HsmException failure) {
    failures.add(failure);
    return this;
  }

  /** What the next approval ends with. */
  Approving refusing(HsmException refusal) {
    refusals.add(refusal);
    return this;
  }

  @Override
  public List<TaskReference> listTasks(ApproverIdentity approver, @Nullable String requestId)
      throws HsmException {
    HsmException failure = failures.isEmpty() ? null : failures.remove(0);
    if (failure != null) {
      throw failure;
    }
    return tasks.values().stream()
        .filter(
            task ->
                requestId == null
                    || ignoresTheRequest
                    || task.status() == null
                    || task.status().id().equals(requestId))
        .map(task -> new TaskReference(task.id(), List.of(TaskReference.Form.PUBLIC_KEY)))
        .toList();
  }

  @Override
  public Optional<ApproverTask> readTask(ApproverIdentity approver, TaskReference task)
      throws HsmException {
    HsmException failure = unreadable.remove(task.id());
    if (failure != null) {
      throw failure;
    }
    return Optional.ofNullable(tasks.get(task.id()));
  }

  @Override
  public void approve(ApproverIdentity approver, TaskReference task, Octets approvalToBeSigned)
      throws HsmException {
    if (!refusals.isEmpty()) {
      throw refusals.remove(0);
    }
    answers.add("approved " + task.id());
    listeners.forEach(Runnable::run);
    tasks.remove(task.id());
  }

  @Override
  public void reject(ApproverIdentity approver, TaskReference task) {
    answers.add("rejected " + task.id());
    tasks.remove(task.id());
  }

  @Override
  public void close() {
    answers.add("closed");
  }
}
