package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.VirtualTime;
import io.hsmrest.client.model.RequestMetadata;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApprovalNoticeTest {
  @Test
  void isJsonWithNamesInAlphabeticalOrder() {
    RequestMetadata metadata =
        new ApprovalNotice(
                "app.jar", "host", "me", "sign", Map.of("ticket", "T-1", "algorithm", "Ü\"\n"))
            .toMetadata(Instant.parse("2026-01-31T12:00:00.987Z"));
    assertThat(metadata.metaData()).isNotNull();
    assertThat(new String(metadata.metaData().toByteArray(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"algorithm\":\"Ü\\\"\\n\",\"app\":\"app.jar\",\"host\":\"host\","
                + "\"purpose\":\"sign\",\"ticket\":\"T-1\",\"time\":\"2026-01-31T12:00:00Z\","
                + "\"user\":\"me\"}");
    assertThat(metadata.signature()).isNull();
  }

  @Test
  void aDetailCannotPassForWhoAsks() {
    RequestMetadata metadata =
        new ApprovalNotice("app", "host", "me", "sign", Map.of("user", "somebody", "time", "never"))
            .toMetadata(VirtualTime.START);
    assertThat(metadata.metaData()).isNotNull();
    assertThat(new String(metadata.metaData().toByteArray(), StandardCharsets.UTF_8))
        .contains("\"user\":\"me\"")
        .contains("\"time\":\"2026-01-31T12:00:00Z\"");
  }
}
