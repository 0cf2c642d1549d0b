package io.hsmrest.keystore;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.approval.ApprovalListener;
import io.hsmrest.client.approval.ApprovedRequests;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A session over a fake client, with a clock that tests move. */
final class CertificateWorld {
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-06-01T00:00:00Z"));
  private final HsmSession session;

  private CertificateWorld(HsmClient client, String settings) throws HsmException {
    HsmRestConfig config =
        ConfigurationSource.parse(
            ("endpoint = http://127.0.0.1:1\n" + settings).getBytes(StandardCharsets.UTF_8),
            "test");
    HsmClientConfig clientConfig = HsmClientConfig.read(config.settings(), null);
    InstantSource instants = now::get;
    Clock clock = instants.withZone(ZoneOffset.UTC);
    ApprovedRequests requests =
        ApprovedRequests.of(
            client,
            clientConfig,
            new ApprovalListener() {},
            clock,
            duration -> now.updateAndGet(time -> time.plus(duration)));
    session = new HsmSession(config, client, requests, clientConfig, null, clock);
  }

  static CertificateWorld over(HsmClient client, String... settings) throws HsmException {
    return new CertificateWorld(client, String.join("\n", settings));
  }

  HsmCertificates certificates() {
    return new HsmCertificates(session);
  }

  HsmSession session() {
    return session;
  }

  Instant now() {
    return now.get();
  }

  void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }
}
