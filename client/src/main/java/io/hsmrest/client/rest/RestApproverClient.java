package io.hsmrest.client.rest;

import io.hsmrest.client.ApiKeyRole;
import io.hsmrest.client.ApproverClient;
import io.hsmrest.client.ApproverIdentity;
import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.UnknownTaskException;
import io.hsmrest.client.model.ApproverTask;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.TaskReference;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The approvers' calls over {@link CallExecutor}; remembers what the service turned out to know.
 */
final class RestApproverClient implements ApproverClient {
  private static final int NO_SUCH_TASK = 652;
  private static final int INVALID_INPUT = 600;

  /** Small enough that a page of the largest tasks fits into {@code http.maxResponseBytes}. */
  private static final int PAGE = 20;

  private static final String ALL_KINDS = "/v1/filteredAllApprovalTask";

  /** Services before 2.0.1 are asked for one kind after the other. */
  private static final List<String> EACH_KIND =
      List.of(
          "/v1/filteredSignApprovalTask",
          "/v1/filteredDecryptApprovalTask",
          "/v1/filteredUnwrapKeyApprovalTask",
          "/v1/filteredBlockKeyApprovalTask",
          "/v1/filteredUnblockKeyApprovalTask",
          "/v1/filteredModifyKeyApprovalTask");

  /** The method for saying no is told in three ways (contract U14). */
  private static final List<String> REJECT_METHODS = List.of("PATCH", "DELETE", "POST");

  private final CallExecutor calls;
  private final HttpTransport transport;
  private final Clock clock;
  private final Set<TaskReference.Form> unusable = EnumSet.noneOf(TaskReference.Form.class);
  private volatile List<String> paths = List.of(ALL_KINDS);

  /** The state of the request comes with level 6, which not every service may know. */
  private volatile String fullDetail = "level6";

  RestApproverClient(CallExecutor calls, HttpTransport transport, Clock clock) {
    this.calls = calls;
    this.transport = transport;
    this.clock = clock;
  }

  @Override
  public List<TaskReference> listTasks(ApproverIdentity approver, @Nullable String requestId)
      throws HsmException {
    Map<String, List<TaskReference.Form>> forms = new LinkedHashMap<>();
    HsmResponseException refusal = null;
    boolean answered = false;
    for (TaskReference.Form form : formsOf(approver)) {
      try {
        for (String id : ids(approver, form, requestId)) {
          forms.computeIfAbsent(id, unused -> new ArrayList<>()).add(form);
        }
        answered = true;
      } catch (HsmResponseException e) {
        if (!isRefusedForm(e)) {
          throw e;
        }
        refusal = e;
        if (answered) {
          markUnusable(form);
        }
      }
    }
    if (!answered && refusal != null) {
      throw refusal;
    }
    return forms.entrySet().stream()
        .map(entry -> new TaskReference(entry.getKey(), entry.getValue()))
        .toList();
  }

  /** A certificate without common name (604), or a service that takes the other form only. */
  private static boolean isRefusedForm(HsmResponseException e) {
    return !(e instanceof AuthenticationException) && (e.status() == 400 || e.status() == 404);
  }

  private synchronized void markUnusable(TaskReference.Form form) {
    unusable.add(form);
  }

  private synchronized List<TaskReference.Form> formsOf(ApproverIdentity approver) {
    List<TaskReference.Form> forms = new ArrayList<>();
    forms.add(TaskReference.Form.PUBLIC_KEY);
    if (approver.certificate() != null) {
      forms.add(TaskReference.Form.CERTIFICATE);
    }
    forms.removeAll(unusable);
    return forms;
  }

  private Set<String> ids(
      ApproverIdentity approver, TaskReference.Form form, @Nullable String requestId)
      throws HsmException {
    Set<String> ids = new LinkedHashSet<>();
    for (int page = 0; ; page++) {
      Map<String, Object> body = ApproverProof.members(approver, form, clock.instant());
      if (requestId != null) {
        body.put("requestId", requestId);
      }
      body.put("detailLevel", "level1");
      body.put(
          "paging", Map.of("pageNumber", page, "pageSize", PAGE, "sortOrder", "CREATION_DATE_ASC"));
      int found = 0;
      boolean any = false;
      for (JsonObject task : fetch("list the tasks of this approver", body)) {
        found++;
        any |= ids.add(task.text("id"));
      }
      // A service that knows no pages answers each with everything.
      if (found < PAGE || !any) {
        return ids;
      }
    }
  }

  @Override
  public Optional<ApproverTask> readTask(ApproverIdentity approver, TaskReference task)
      throws HsmException {
    try {
      return read(approver, task, fullDetail);
    } catch (UnknownTaskException e) {
      return Optional.empty();
    } catch (HsmResponseException e) {
      if (!fullDetail.equals("level6") || e.error().code() != INVALID_INPUT) {
        throw e;
      }
      Optional<ApproverTask> read = read(approver, task, "level5");
      fullDetail = "level5";
      return read;
    }
  }

  private Optional<ApproverTask> read(ApproverIdentity approver, TaskReference task, String detail)
      throws HsmException {
    Map<String, Object> body =
        ApproverProof.members(approver, task.forms().get(0), clock.instant());
    body.put("id", task.id());
    body.put("detailLevel", detail);
    for (JsonObject found : fetch("read task " + task.id(), body)) {
      if (found.text("id").equals(task.id())) {
        return Optional.of(TaskAnswers.task(found));
      }
    }
    return Optional.empty();
  }

  private List<JsonObject> fetch(String description, Map<String, Object> body) throws HsmException {
    try {
      return fetch(description, body, paths);
    } catch (HsmResponseException e) {
      if (paths.size() > 1 || !isUnknownPath(e)) {
        throw e;
      }
      List<JsonObject> tasks = fetch(description, body, EACH_KIND);
      paths = EACH_KIND;
      return tasks;
    }
  }

  private List<JsonObject> fetch(String description, Map<String, Object> body, List<String> from)
      throws HsmException {
    List<JsonObject> tasks = new ArrayList<>();
    for (String path : from) {
      Call call = Call.repeatable(description, path, ApiKeyRole.APPROVER, body);
      tasks.addAll(TaskAnswers.list(Answers.object(call, calls.execute(call))));
    }
    return tasks;
  }

  private static boolean isUnknownPath(HsmResponseException e) {
    return e.error().code() == 0 && (e.status() == 404 || e.status() == 405);
  }

  @Override
  public void approve(ApproverIdentity approver, TaskReference task, Octets approvalToBeSigned)
      throws HsmException {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", task.id());
    body.put("approvalToBeSigned", approvalToBeSigned.toBase64());
    body.put("signature", approver.sign(approvalToBeSigned).toBase64());
    body.put("approvalDigestAlgorithm", approver.digestAlgorithm());
    inOneForm(
        task,
        form -> {
          Map<String, Object> identified = new LinkedHashMap<>(body);
          ApproverProof.putIdentity(identified, approver, form);
          calls.execute(answer("approve task " + task.id(), "POST", "/v1/approval", identified));
        });
  }

  @Override
  public void reject(ApproverIdentity approver, TaskReference task) throws HsmException {
    inOneForm(
        task,
        form -> {
          Map<String, Object> body = ApproverProof.members(approver, form, clock.instant());
          body.put("id", task.id());
          reject(task, body);
        });
  }

  private void reject(TaskReference task, Map<String, Object> body) throws HsmException {
    HsmResponseException refusal = null;
    for (String method : REJECT_METHODS) {
      try {
        calls.execute(answer("reject task " + task.id(), method, "/v1/task", body));
        return;
      } catch (HsmResponseException e) {
        if (!isUnknownPath(e)) {
          throw e;
        }
        refusal = refusal == null ? e : refusal;
      }
    }
    if (refusal != null) {
      throw refusal;
    }
  }

  /** Twice is no harm: the second time the task is gone. */
  private static Call answer(
      String description, String method, String path, Map<String, Object> body) {
    return new Call(
        description, method, path, ApiKeyRole.APPROVER, body, true, null, NO_SUCH_TASK, null);
  }

  /** What is sent in one form of the approver's identity. */
  @FunctionalInterface
  private interface Sending {
    void as(TaskReference.Form form) throws HsmException;
  }

  /** A task that was listed in both forms is answered in the one that the policy has. */
  private static void inOneForm(TaskReference task, Sending sending) throws HsmException {
    HsmResponseException refusal = null;
    for (TaskReference.Form form : task.forms()) {
      try {
        sending.as(form);
        return;
      } catch (HsmResponseException e) {
        if (!isRefusedForm(e)) {
          throw e;
        }
        refusal = refusal == null ? e : refusal;
      }
    }
    if (refusal != null) {
      throw refusal;
    }
  }

  @Override
  public void close() {
    transport.close();
  }
}
