package io.hsmrest.provider.cli;

import io.hsmrest.client.ApproverClient;
import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.PlainText;
import io.hsmrest.client.UnknownTaskException;
import io.hsmrest.client.model.ApproverTask;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.TaskReference;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Goes through an approver's tasks, one after the other. */
final class ApprovalDesk {
  private static final Duration ASK_AGAIN = Duration.ofMinutes(1);

  private final Surroundings surroundings;
  private final ApproverClient client;
  private final ApproverKey approver;
  private final @Nullable String requestId;
  private final Decision decision;

  /** When to ask again, by task. */
  private final Map<String, Instant> later = new HashMap<>();

  private int exitCode = ExitCode.DONE;
  private boolean ended;

  ApprovalDesk(
      Surroundings surroundings,
      ApproverClient client,
      ApproverKey approver,
      @Nullable String requestId,
      Decision decision) {
    this.surroundings = surroundings;
    this.client = client;
    this.approver = approver;
    this.requestId = requestId;
    this.decision = decision;
  }

  /** Whose desk it is. */
  ApproverKey approver() {
    return approver;
  }

  /** The worst of what happened so far. */
  int exitCode() {
    return exitCode;
  }

  /** Whether nobody is there any more. */
  boolean isOver() {
    return ended;
  }

  /**
   * One look at the list.
   *
   * @return how many tasks were dealt with
   */
  int round() throws HsmException {
    int seen = 0;
    for (TaskReference reference : client.listTasks(approver, requestId)) {
      Instant again = later.get(reference.id());
      if (ended || again != null && surroundings.clock().instant().isBefore(again)) {
        continue;
      }
      later.put(reference.id(), Instant.MAX);
      Optional<ApproverTask> task = client.readTask(approver, reference);
      if (task.isPresent()) {
        seen++;
        answer(reference, task.get());
      }
    }
    return seen;
  }

  private void answer(TaskReference reference, ApproverTask task) throws HsmException {
    try {
      ReadTask read = ReadTask.of(task, approver.publicKey(), requestId);
      surroundings.say("");
      surroundings.say(read.title());
      TaskText.lines(read, surroundings.clock().instant()).forEach(surroundings::say);
      surroundings.say("");
      if (read.check().refusals().isEmpty()) {
        carryOut(reference, read, decision.on(read.check()));
      } else {
        refuse(reference, read.title(), String.join("; ", read.check().refusals()));
      }
    } catch (HsmProtocolException e) {
      refuse(reference, "Task " + task.id(), Failures.line(e));
    } catch (UnknownTaskException e) {
      worse(ExitCode.LEFT_OPEN);
      surroundings.tell(
          "hsmrest: task "
              + PlainText.oneLine(task.id())
              + " is gone: it was answered, or its request is finished or withdrawn");
    } catch (AuthenticationException e) {
      throw e;
    } catch (HsmResponseException e) {
      // The others may go well.
      worse(ExitCode.FAILURE);
      surroundings.tell("hsmrest: " + Failures.line(e));
    }
  }

  private void refuse(TaskReference reference, String title, String why) throws HsmException {
    surroundings.tell(
        "hsmrest: " + PlainText.oneLine(title) + " is not approved: " + PlainText.oneLine(why));
    switch (decision.onRefused()) {
      case REJECT -> reject(reference);
      case END -> end();
      default -> worse(ExitCode.LEFT_OPEN);
    }
  }

  private void carryOut(TaskReference reference, ReadTask read, Decision.Answer answer)
      throws HsmException {
    switch (answer) {
      case APPROVE -> {
        client.approve(approver, reference, read.task().approvalToBeSigned());
        surroundings.say("Approved" + outcome(read) + ".");
      }
      case REJECT -> reject(reference);
      case SKIP -> {
        later.put(reference.id(), surroundings.clock().instant().plus(ASK_AGAIN));
        leave("skipped");
      }
      case LEAVE -> leave(read.check().doubts().isEmpty() ? "left as it is" : "left to a person");
      case END -> end();
    }
  }

  private void reject(TaskReference reference) throws HsmException {
    client.reject(approver, reference);
    surroundings.say("Rejected.");
  }

  private void leave(String how) {
    worse(ExitCode.LEFT_OPEN);
    surroundings.say("Not approved, " + how + ".");
  }

  private void end() {
    worse(ExitCode.LEFT_OPEN);
    ended = true;
  }

  /** A failure counts more than what was left open. */
  private void worse(int code) {
    exitCode = exitCode == ExitCode.FAILURE ? exitCode : code;
  }

  /** Reckoned here: asking would cost a right that approvers need not have. */
  private static String outcome(ReadTask read) {
    RequestStatus status = read.task().status();
    int quorum = read.approvers().quorum();
    if (status == null || quorum == 0) {
      return "";
    }
    int approved = status.approvedBy().size() + 1;
    return ": "
        + approved
        + " of "
        + quorum
        + (approved >= quorum
            ? ", the service executes it when it is due"
            : ", others have to follow");
  }
}
