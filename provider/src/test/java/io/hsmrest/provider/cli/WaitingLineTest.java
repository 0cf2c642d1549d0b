package io.hsmrest.provider.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.Sleeper;
import io.hsmrest.client.approval.ApprovalProgress;
import io.hsmrest.client.approval.PendingApproval;
import io.hsmrest.client.approval.StatusLine;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Waiting for somebody else's request, on a terminal. */
class WaitingLineTest {
  private final StringWriter err = new StringWriter();

  private WaitingLine line(int columns) {
    Surroundings surroundings =
        new Surroundings(
            new Screen(new PrintWriter(new StringWriter()), new PrintWriter(err), columns),
            Dialogue.onTerminal(),
            Clock.systemUTC(),
            Sleeper.system(),
            Connections.real());
    return new WaitingLine(
        surroundings, new StatusLine(surroundings.screen()::tellPart, columns, false));
  }

  private static ApprovalProgress progress(@Nullable RequestStatus status, int left) {
    return new ApprovalProgress(
        new PendingApproval("1c82583f", "", "request", null),
        status,
        Duration.ofSeconds(200),
        Duration.ofSeconds(left));
  }

  private static RequestStatus status(RequestState state, String name) {
    Octets key = Octets.of(new byte[] {1});
    return new RequestStatus(
        "1c82583f", state, name, null, List.of(key), List.of(key, key), List.of(), null);
  }

  @Test
  void oneLineIsWrittenOverUntilTheEnd() {
    WaitingLine line = line(80);
    line.waiting(progress(null, 100));
    line.waiting(progress(status(RequestState.PENDING, "PENDING"), 65));
    line.ended(progress(status(RequestState.EXECUTED, "EXECUTED"), 60));
    assertThat(err.toString().split("\r"))
        .extracting(String::stripTrailing)
        .containsExactly(
            "",
            "1:40 left: the service has not answered yet",
            "1:05 left: PENDING, 1 approved, 2 missing",
            "",
            "request 1c82583f: EXECUTED after 3 min");
  }

  @Test
  void aLineThatWouldWrapIsCutAndCannotSteerTheTerminal() {
    line(23).waiting(progress(status(RequestState.UNKNOWN, "ON\u001b[2JHOLD"), 65));
    assertThat(err.toString()).isEqualTo("\r1:05 left: ON?[2J...");
  }
}
