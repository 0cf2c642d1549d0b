package io.hsmrest.provider.cli;

import io.hsmrest.client.ApproverClient;
import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.UnknownTaskException;
import io.hsmrest.client.model.ApproverTask;
import io.hsmrest.client.model.TaskReference;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes through an approver's tasks, one after the other. One that fails hides no other. */
final class ApprovalDesk {
  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  private final Surroundings surroundings;
  private final ApproverClient client;
  private final ApproverKey approver;
  private final @Nullable String requestId;
  private final Decision decision;
  private final @Nullable Outages outages;
  private final Sending sending;

  /** When to ask again, by task. */
  private final Map<String, Instant> later = new HashMap<>();

  private int exitCode = ExitCode.DONE;
  private int seen;
  private int settled;
  private boolean ended;

  /**
   * Begins.
   *
   * @param requestId the one request, null for all
   * @param outages where failures are noted that pass, null where nothing is tried again
   */
  ApprovalDesk(
      Surroundings surroundings,
      ApproverClient client,
      ApproverKey approver,
      @Nullable String requestId,
      Decision decision,
      @Nullable Outages outages) {
    this.surroundings = surroundings;
    this.client = client;
    this.approver = approver;
    this.requestId = requestId;
    this.decision = decision;
    this.outages = outages;
    this.sending = new Sending(surroundings, client, approver);
  }

  /** Whose desk it is. */
  ApproverKey approver() {
    return approver;
  }

  /** The worst of what happened so far. */
  int exitCode() {
    return exitCode;
  }

  /** How many tasks of those asked for there were, the same one counted at each look. */
  int seen() {
    return seen;
  }

  /** How many of them are done with. */
  int settled() {
    return settled;
  }

  /** Whether nobody is there any more. */
  boolean isOver() {
    return ended;
  }

  /** One look at the list. */
  void round() throws HsmException {
    List<TaskReference> listed = client.listTasks(approver, requestId);
    settled += sending.arrived(listed);
    for (TaskReference reference : listed) {
      Instant again = later.get(reference.id());
      if (!ended && (again == null || !surroundings.clock().instant().isBefore(again))) {
        one(reference);
      }
    }
  }

  private void one(TaskReference reference) throws HsmException {
    try {
      Optional<ApproverTask> task = client.readTask(approver, reference);
      if (task.isEmpty()) {
        later.put(reference.id(), Instant.MAX);
      } else if (TaskCheck.isOfAnother(task.get(), requestId)) {
        later.put(reference.id(), Instant.MAX);
        surroundings.tell(
            "hsmrest: task "
                + PlainText.oneLine(reference.id())
                + " is of another request than the one asked for; it is left alone");
      } else {
        seen++;
        answer(reference, ReadTask.of(task.get(), approver.publicKey(), requestId));
      }
    } catch (HsmProtocolException e) {
      seen++;
      refuse(reference, "Task " + reference.id(), Failures.line(e), requestId == null);
    } catch (UnknownTaskException e) {
      leave(reference, null);
      surroundings.tell(
          "hsmrest: task "
              + PlainText.oneLine(reference.id())
              + " is gone: it was answered, or its request is finished or withdrawn");
    } catch (AuthenticationException e) {
      throw e;
    } catch (HsmResponseException e) {
      if (outages != null && Outages.passes(e)) {
        outages.add(e);
      } else {
        settle(reference);
        worse(ExitCode.FAILURE);
        surroundings.tell("hsmrest: " + Failures.line(e));
      }
    }
  }

  private void answer(TaskReference reference, ReadTask read) throws HsmException {
    if (sending.isOwed(reference, read)) {
      carryOut(reference, read, Decision.Answer.APPROVE);
      return;
    }
    surroundings.say("");
    surroundings.say(read.title());
    TaskText.lines(read, surroundings.clock().instant(), surroundings.screen().columns())
        .forEach(surroundings::say);
    TaskCheck.Result check = read.check();
    if (check.refusals().isEmpty()) {
      carryOut(reference, read, decision.on(read));
    } else {
      surroundings.say("");
      refuse(reference, read.title(), String.join("; ", check.refusals()), check.isTheOne());
    }
  }

  private void refuse(TaskReference reference, String title, String why, boolean isTheOne)
      throws HsmException {
    surroundings.tell(
        "hsmrest: " + PlainText.oneLine(title) + " is not approved: " + PlainText.oneLine(why));
    switch (decision.onRefused(isTheOne)) {
      case REJECT -> reject(reference);
      case SKIP -> skip(reference);
      case END -> end();
      default -> leave(reference, null);
    }
  }

  private void carryOut(TaskReference reference, ReadTask read, Decision.Answer answer)
      throws HsmException {
    switch (answer) {
      case APPROVE -> {
        sending.approve(reference, read);
        settle(reference);
      }
      case REJECT -> reject(reference);
      case SKIP -> skip(reference);
      case LEAVE ->
          leave(
              reference,
              decision.asks() || read.check().doubts().isEmpty()
                  ? "left as it is"
                  : "left to a person");
      case END -> end();
    }
  }

  private void reject(TaskReference reference) throws HsmException {
    client.reject(approver, reference);
    surroundings.say("Rejected.");
    settle(reference);
  }

  private void settle(TaskReference reference) {
    later.put(reference.id(), Instant.MAX);
    settled++;
  }

  private void skip(TaskReference reference) {
    later.put(reference.id(), surroundings.clock().instant().plus(ASK_AGAIN));
    worse(ExitCode.LEFT_OPEN);
    surroundings.say("Not approved, skipped.");
  }

  private void leave(TaskReference reference, @Nullable String how) {
    settle(reference);
    worse(ExitCode.LEFT_OPEN);
    if (how != null) {
      surroundings.say("Not approved, " + how + ".");
    }
  }

  private void end() {
    worse(ExitCode.LEFT_OPEN);
    ended = true;
  }

  /** A failure counts more than what was left open. */
  private void worse(int code) {
    exitCode = exitCode == ExitCode.FAILURE ? exitCode : code;
  }
}
