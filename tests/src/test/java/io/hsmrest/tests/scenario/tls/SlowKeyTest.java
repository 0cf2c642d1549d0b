package io.hsmrest.tests.scenario.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.simulator.control.Fault;
import io.hsmrest.tests.scenario.Registered;
import io.hsmrest.tests.scenario.Registered.Position;
import io.hsmrest.tests.scenario.tls.Contexts.KeyManagers;
import java.security.Provider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** A key that the HSM is slow with keeps nobody waiting but its own users. */
@Tag("scenario")
@ResourceLock(Resources.GLOBAL) // the JVM's list of providers
@Timeout(30)
class SlowKeyTest {
  private static final int CONNECTIONS = 200;
  private static final int SLOW = 8;

  /** As many as are at the service at once, three quarters of the connections. */
  private static final int SLOW_TURNS = 3;

  private final TlsHsm hsm = new TlsHsm(TlsKey.P256, TlsKey.P384);
  private final ExecutorService threads = Executors.newFixedThreadPool(SLOW);

  @AfterEach
  void stop() {
    threads.shutdownNow();
    hsm.close();
  }

  /** More of them than there are connections, and all still wait when the others are through. */
  @Test
  void anotherKeyOfTheSameProviderServesMeanwhile() throws Exception {
    Provider provider =
        hsm.hsm()
            .provider(
                "keys.include=" + TlsKey.P256.label() + "," + TlsKey.P384.label(),
                "http.maxConnections=" + SLOW_TURNS * 4 / 3,
                "http.responseTimeout=10m",
                "sign.timeout=10m");
    // Both servers share the provider, its session and its connections; each has one key.
    try (Registered registered = Registered.at(Position.LAST, provider)) {
      SSLContext slow = server(registered.provider(), TlsKey.P256);
      SSLContext fast = server(registered.provider(), TlsKey.P384);
      hsm.hsm()
          .simulator()
          .faults()
          .add(
              Fault.delayed(Duration.ofMinutes(5))
                  .on("POST", "/v1/synchronousSign")
                  .forLabel(TlsKey.P256.label())
                  .times(SLOW));
      long began = hsm.signatures();
      List<Future<?>> waiting = new ArrayList<>();
      for (int i = 0; i < SLOW; i++) {
        waiting.add(threads.submit(() -> connect(slow)));
      }
      while (hsm.signatures() < began + SLOW_TURNS) {
        assertThat(Thread.interrupted()).as("not begun in time").isFalse();
        Thread.onSpinWait();
      }
      for (int i = 0; i < CONNECTIONS; i++) {
        connect(fast);
      }
      assertThat(hsm.signatures()).isEqualTo(began + SLOW_TURNS + CONNECTIONS);
      assertThat(waiting).hasSize(SLOW).noneMatch(Future::isDone);
    }
  }

  @Test
  void aSignatureTakesNoLongerThanTheSettingAllows() {
    Provider provider =
        hsm.provider(TlsKey.P256, "sign.timeout=300ms", "http.deadline=1h", "retry.maxAttempts=1");
    hsm.hsm()
        .simulator()
        .faults()
        .add(Fault.delayed(Duration.ofSeconds(20)).on("POST", "/v1/synchronousSign"));
    try (Registered registered = Registered.at(Position.LAST, provider)) {
      SSLContext slow = Contexts.hsm(registered.provider(), KeyManagers.SUN_X509, null);
      Future<?> handshake = threads.submit(() -> connect(slow));
      // Far below the delay and the other deadline; the assertion is that it ends by itself.
      assertThatThrownBy(() -> handshake.get(15, TimeUnit.SECONDS))
          .hasStackTraceContaining("no complete answer in time");
    }
  }

  private SSLContext server(Provider provider, TlsKey key) throws Exception {
    var all = TlsHsm.keyStore(provider);
    var managers = KeyManagers.NEW_SUN_X509.of(all, provider);
    return Contexts.context(
        new javax.net.ssl.KeyManager[] {
          new OneAlias((javax.net.ssl.X509ExtendedKeyManager) managers[0], key)
        },
        null);
  }

  private Object connect(SSLContext server) throws Exception {
    SSLContext client = Contexts.context(null, hsm.ca().trustStore());
    return Handshake.run(client, server, "TLSv1.3", false);
  }
}
