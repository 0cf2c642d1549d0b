package io.hsmrest.provider.cli;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.RequestClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Looks at the list again and again. A service that is away for a while is waited for. */
final class ApprovalWatch {
  private final Surroundings surroundings;
  private final ApprovalDesk desk;
  private final RequestClient requests;
  private final Duration interval;
  private final Outages outages;

  /**
   * Watches.
   *
   * @param outages where {@code desk} notes them too
   */
  ApprovalWatch(
      Surroundings surroundings,
      ApprovalDesk desk,
      RequestClient requests,
      Duration interval,
      Outages outages) {
    this.surroundings = surroundings;
    this.desk = desk;
    this.requests = requests;
    this.interval = interval;
    this.outages = outages;
  }

  /**
   * Goes on until interrupted, until nobody is there to be asked, or until the one request is
   * answered.
   *
   * @param requestId the one request, null for all
   */
  int run(@Nullable String requestId) throws HsmException {
    surroundings.tell(
        "hsmrest: watching for what waits for " + desk.approver().describe() + "; Ctrl-C ends");
    boolean checked = requestId == null;
    try {
      while (true) {
        boolean looked = round();
        if (desk.isOver() || requestId != null && desk.settled() > 0) {
          return desk.exitCode();
        }
        if (requestId != null && !checked && looked) {
          checked = true;
          if (desk.seen() == 0 && !RequestLookup.mayGetATask(requests, requestId)) {
            surroundings.tell(
                "hsmrest: " + RequestLookup.whyNoTask(requests, requestId, desk.approver()));
            return ExitCode.NOT_FOUND;
          }
        }
        surroundings.sleeper().sleep(interval);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return desk.exitCode();
    }
  }

  /** Whether nothing failed. */
  private boolean round() throws HsmException {
    outages.begin();
    try {
      desk.round();
    } catch (HsmException e) {
      if (!Outages.passes(e)) {
        throw e;
      }
      outages.add(e);
    }
    return outages.areOver();
  }
}
