package io.hsmrest.keystore;

import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.approval.ApprovalListener;
import io.hsmrest.client.approval.ApprovedRequests;
import io.hsmrest.client.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.Provider;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Key stores over an {@link InMemoryHsm}, all of one session, with a clock that tests move. */
final class TestStore {
  private static final String ENDPOINT = "endpoint = http://127.0.0.1:1\n";

  private final byte[] properties;
  private final HsmSession session;
  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-06-01T00:00:00Z"));

  private TestStore(InMemoryHsm hsm, String settings, @Nullable Secret storePassword)
      throws HsmConfigurationException {
    this.properties = (ENDPOINT + settings).getBytes(StandardCharsets.UTF_8);
    HsmRestConfig config = ConfigurationSource.parse(properties, "test");
    HsmClientConfig clientConfig = HsmClientConfig.read(config.settings(), storePassword);
    InstantSource instants = now::get;
    Clock clock = instants.withZone(ZoneOffset.UTC);
    ApprovedRequests requests =
        ApprovedRequests.of(
            hsm,
            clientConfig,
            new ApprovalListener() {},
            clock,
            duration -> now.updateAndGet(time -> time.plus(duration)));
    this.session = new HsmSession(config, hsm, requests, clientConfig, storePassword, clock);
  }

  /**
   * Over this partition.
   *
   * @param settings lines of a {@code hsmrest.properties}, the endpoint apart
   */
  static TestStore over(InMemoryHsm hsm, String... settings) {
    try {
      return new TestStore(hsm, String.join("\n", settings), null);
    } catch (HsmConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  HsmSession session() {
    return session;
  }

  void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  /** The configuration as {@code load} can be given it. */
  byte[] properties() {
    return properties.clone();
  }

  /** A key store that is not loaded yet. */
  KeyStore unloaded() {
    return new TestKeyStore(
        new HsmKeyStoreSpi(
            ConfigurationSource.of(session.config()), (config, password, listener) -> session));
  }

  /** A key store that was loaded from the configuration as its file. */
  KeyStore loaded() {
    try {
      KeyStore store = unloaded();
      store.load(new ByteArrayInputStream(properties), null);
      return store;
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static final class TestKeyStore extends KeyStore {
    TestKeyStore(HsmKeyStoreSpi spi) {
      super(spi, anyProvider(), "HsmRest");
    }

    private static Provider anyProvider() {
      return Security.getProviders()[0];
    }
  }

  /** A loaded store, in one word. */
  static KeyStore loadedOver(InMemoryHsm hsm, String... settings) throws KeyStoreException {
    return over(hsm, settings).loaded();
  }
}
