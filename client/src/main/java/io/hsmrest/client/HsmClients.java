package io.hsmrest.client;

import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

/** Makes clients. */
public final class HsmClients {
  private HsmClients() {}

  /** A client of the real service or of a simulator; nothing is sent before the first call. */
  public static HsmClient connect(HsmClientConfig config) {
    return new LazyHsmClient(() -> open(config, Clock.systemUTC(), Sleeper.system()));
  }

  /** Loads the HTTP and JSON classes. */
  static HsmClient open(HsmClientConfig config, Clock clock, Sleeper sleeper)
      throws HsmConfigurationException {
    HttpTransport transport = new ApacheTransport(config.http(), config.authentication());
    return new RestHsmClient(
        new CallExecutor(
            config, transport, clock, sleeper, () -> ThreadLocalRandom.current().nextLong()),
        transport,
        config.signTimeout());
  }
}
