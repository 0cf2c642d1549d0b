package io.hsmrest.client.approval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.Clients;
import io.hsmrest.client.FlightRecorder;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.rest.HsmClients;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Events of Java Flight Recorder, and a Java that has none. */
@Timeout(120)
@Isolated("records what the whole JVM does")
class FlightRecorderTest {
  private static final String TOKEN = "test-token-that-nobody-may-see";

  @TempDir private Path folder;

  private interface Work {
    void run() throws Exception;
  }

  private List<RecordedEvent> recorded(String name, Work work) throws Exception {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.hsmrest.Approval").withoutThreshold();
      recording.enable("io.hsmrest.Call").withoutThreshold();
      recording.start();
      work.run();
      recording.stop();
      recording.dump(file);
    }
    assertThat(Files.readString(file, StandardCharsets.ISO_8859_1))
        .contains("io.hsmrest.Call")
        .doesNotContain(TOKEN)
        .doesNotContain(HttpApprovals.PAYLOAD.toBase64());
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals(name))
        .toList();
  }

  private static HsmClientConfig config(String endpoint) throws HsmException {
    return Clients.config(endpoint, "auth.token=" + TOKEN, "approval.poll=1ms..5ms");
  }

  private static ApprovedRequests requests(HsmClient client, HsmClientConfig config) {
    return ApprovedRequests.of(client, config, new ApprovalListener() {});
  }

  private static void sign(HttpApprovals service) throws HsmException {
    HsmClientConfig config = config(service.url());
    try (HsmClient client = HsmClients.connect(config)) {
      requests(client, config).run(new TestSigning(client::submitSign, HttpApprovals.PAYLOAD));
    }
  }

  @Test
  void oneWaitIsOneEvent() throws Exception {
    try (HttpApprovals service = new HttpApprovals().executingAtLook(3)) {
      Instant before = Instant.now();
      List<RecordedEvent> events = recorded("io.hsmrest.Approval", () -> sign(service));
      assertThat(events)
          .singleElement()
          .satisfies(
              event -> {
                assertThat(event.getString("requestId")).isEqualTo("r1");
                assertThat(event.getString("key")).isEqualTo("k");
                assertThat(event.getString("operation")).isEqualTo("sign");
                assertThat(event.getString("state")).isEqualTo("EXECUTED");
                assertThat(event.getInt("approvals")).isEqualTo(2);
                assertThat(event.getDuration())
                    .isPositive()
                    .isLessThanOrEqualTo(Duration.between(before, Instant.now()));
                assertThat(event.getStackTrace()).isNull();
              });
    }
  }

  @Test
  void aBadEndAndAWaitWithoutAThreadAreEventsToo() throws Exception {
    try (HttpApprovals service = new HttpApprovals().in("REJECTED")) {
      List<RecordedEvent> events =
          recorded(
              "io.hsmrest.Approval",
              () -> {
                assertThatThrownBy(() -> sign(service))
                    .isInstanceOf(ApprovalRejectedException.class);
                HsmClientConfig config = config(service.url());
                try (HsmClient client = HsmClients.connect(config)) {
                  assertThatThrownBy(
                          requests(client, config)
                                  .runLater(
                                      new TestSigning(client::submitSign, HttpApprovals.PAYLOAD),
                                      Runnable::run)
                              ::join)
                      .hasCauseInstanceOf(ApprovalRejectedException.class);
                }
              });
      assertThat(events)
          .hasSize(2)
          .allSatisfy(event -> assertThat(event.getString("state")).isEqualTo("REJECTED"));
    }
  }

  @Test
  void oneHttpRequestIsOneEvent() throws Exception {
    try (HttpApprovals service = new HttpApprovals().executingAtLook(2)) {
      List<RecordedEvent> events = recorded("io.hsmrest.Call", () -> sign(service));
      assertThat(events)
          .extracting(
              event ->
                  event.getString("method")
                      + " "
                      + event.getString("path")
                      + " "
                      + event.getInt("status"))
          .containsExactlyInAnyOrder(
              "POST /v1/filteredRequests 200",
              "POST /v1/sign 200",
              "GET /v1/request/r1 200",
              "GET /v1/request/r1 200");
      assertThat(events)
          .allSatisfy(
              event -> {
                assertThat(event.getString("endpoint")).isEqualTo(service.url());
                assertThat(event.getDuration()).isPositive();
              });
    }
  }

  @Test
  void aCallWithoutAnAnswerHasStatusZero() throws Exception {
    HttpApprovals service = new HttpApprovals();
    service.close();
    List<RecordedEvent> events =
        recorded("io.hsmrest.Call", () -> assertThatThrownBy(() -> sign(service)).isNotNull());
    assertThat(events)
        .isNotEmpty()
        .allSatisfy(event -> assertThat(event.getInt("status")).isZero());
  }

  @Test
  void aJavaWithoutFlightRecorderSignsJustTheSame() throws Exception {
    assertThat(FlightRecorder.IS_PRESENT).isTrue();
    try (HttpApprovals service = new HttpApprovals().executingAtLook(3);
        ChildJvm child =
            ChildJvm.start(
                service,
                folder,
                List.of("--limit-modules", "java.base,java.logging,java.naming,jdk.crypto.ec"))) {
      assertThat(child.ended()).contains("flight recorder: false").contains(HttpApprovals.RESULT);
    }
  }
}
