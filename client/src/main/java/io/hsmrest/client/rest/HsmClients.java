package io.hsmrest.client.rest;

import io.hsmrest.client.ApproverClient;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.RequestSignerSettings;
import io.hsmrest.client.Sleeper;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;

/** Makes clients. */
public final class HsmClients {
  private HsmClients() {}

  /** A client of the real service or of a simulator; nothing is sent before the first call. */
  public static HsmClient connect(HsmClientConfig config) {
    return new LazyHsmClient(() -> open(config, Clock.systemUTC(), Sleeper.system()));
  }

  /**
   * The approvers' side of the same service; nothing is sent before the first call.
   *
   * @throws HsmConfigurationException when the trusted certificates or the client's own key cannot
   *     be read
   */
  public static ApproverClient connectApprover(HsmClientConfig config)
      throws HsmConfigurationException {
    return OwnCalls.mark(() -> openApprover(config, Clock.systemUTC(), Sleeper.system()));
  }

  static ApproverClient openApprover(HsmClientConfig config, Clock clock, Sleeper sleeper)
      throws HsmConfigurationException {
    HttpTransport transport = new ApacheTransport(config.http(), config.authentication());
    return new RestApproverClient(executor(config, transport, clock, sleeper), transport, clock);
  }

  /** Loads the HTTP and JSON classes. */
  static HsmClient open(HsmClientConfig config, Clock clock, Sleeper sleeper)
      throws HsmConfigurationException {
    HttpTransport transport = new ApacheTransport(config.http(), config.authentication());
    CallExecutor calls = executor(config, transport, clock, sleeper);
    RequestSignerSettings signer = config.requestSigner();
    return new RestHsmClient(
        calls,
        transport,
        config.signTimeout(),
        new KeyTurns(config.http().maxConnections(), clock),
        new RequestCalls(calls, signer == null ? null : RequestSigner.open(signer)));
  }

  private static CallExecutor executor(
      HsmClientConfig config, HttpTransport transport, Clock clock, Sleeper sleeper) {
    return new CallExecutor(
        config, transport, clock, sleeper, () -> ThreadLocalRandom.current().nextLong());
  }
}
