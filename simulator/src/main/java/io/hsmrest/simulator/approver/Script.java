package io.hsmrest.simulator.approver;

import io.hsmrest.simulator.config.ScriptedApprover;
import io.hsmrest.simulator.config.ScriptedApprover.Action;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.operation.Hsm;
import io.hsmrest.simulator.request.TaskDesk;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Lets the approvers of the configuration do what it says they do. */
public final class Script implements AutoCloseable {
  private static final System.Logger LOGGER = System.getLogger(Script.class.getName());
  private static final long LOOK_MILLIS = 50;

  private final Hsm hsm;
  private final Approvers approvers;
  private final ScheduledExecutorService timer;
  private @Nullable ScheduledFuture<?> looking;

  Script(Hsm hsm, Approvers approvers) {
    this.hsm = hsm;
    this.approvers = approvers;
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "hsmrest-simulator-approvers");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Starts looking, if any approver does anything. */
  public static Script start(Hsm hsm, Approvers approvers) {
    var script = new Script(hsm, approvers);
    if (approvers.all().stream().anyMatch(each -> each.script().does() != Action.NOTHING)) {
      script.looking =
          script.timer.scheduleWithFixedDelay(
              script::lookAndGoOn, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
    return script;
  }

  /** A failure must not end the timer. */
  private void lookAndGoOn() {
    try {
      look();
    } catch (RuntimeException e) {
      LOGGER.log(System.Logger.Level.ERROR, "a scripted approver failed", e);
    }
  }

  /** Does what is due. */
  void look() {
    for (LocalApprover approver : approvers.all()) {
      ScriptedApprover does = approver.script();
      if (does.does() == Action.NOTHING) {
        continue;
      }
      for (TaskDesk.Found found : approvers.tasks(approver.name())) {
        if (!hsm.now().isBefore(found.task().created().plusSeconds(does.afterSeconds()))) {
          act(approver.name(), does.does(), found);
        }
      }
    }
  }

  private void act(String name, Action action, TaskDesk.Found found) {
    try {
      if (action == Action.APPROVE) {
        approvers.approve(found.request().id(), name);
      } else {
        approvers.reject(found.request().id(), name);
      }
    } catch (ServiceRefusal | IllegalArgumentException goneMeanwhile) {
      // Somebody else has completed or cancelled the request since the look.
    }
  }

  @Override
  public void close() {
    if (looking != null) {
      looking.cancel(false);
    }
    timer.shutdownNow();
  }
}
