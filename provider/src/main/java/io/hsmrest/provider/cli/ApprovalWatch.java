package io.hsmrest.provider.cli;

import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.RequestClient;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Looks at the list again and again. A service that is away for a while is waited for. */
final class ApprovalWatch {
  private final Surroundings surroundings;
  private final ApprovalDesk desk;
  private final RequestClient requests;
  private final Duration interval;
  private @Nullable String lastFailure;

  ApprovalWatch(
      Surroundings surroundings, ApprovalDesk desk, RequestClient requests, Duration interval) {
    this.surroundings = surroundings;
    this.desk = desk;
    this.requests = requests;
    this.interval = interval;
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
        int seen = round();
        if (desk.isOver() || requestId != null && seen > 0) {
          return desk.exitCode();
        }
        if (!checked && requestId != null && lastFailure == null) {
          checked = true;
          if (!RequestLookup.mayGetATask(requests, requestId)) {
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

  private int round() throws HsmException {
    try {
      int seen = desk.round();
      lastFailure = null;
      return seen;
    } catch (AuthenticationException e) {
      throw e;
    } catch (HsmResponseException e) {
      if (e.status() < 500 && e.status() != 429) {
        throw e;
      }
      tellOnce(e);
    } catch (HsmConnectionException e) {
      tellOnce(e);
    }
    return 0;
  }

  private void tellOnce(HsmException e) {
    String line = Failures.line(e);
    if (!line.equals(lastFailure)) {
      surroundings.tell("hsmrest: " + line + "; trying again");
    }
    lastFailure = line;
  }
}
