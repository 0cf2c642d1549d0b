package io.hsmrest.client.rest;

import io.hsmrest.client.Clients;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.VirtualTime;

/** Clients whose pauses take no time. */
final class RestClients {
  private RestClients() {}

  /** A client with real connections. */
  static HsmClient open(String endpoint, String... lines) throws HsmConfigurationException {
    return open(new VirtualTime(), Clients.config(endpoint, lines));
  }

  static HsmClient open(VirtualTime time, HsmClientConfig config) throws HsmConfigurationException {
    return HsmClients.open(config, time, time);
  }

  /** A client whose time is virtual; a generator that always answers zero halves every pause. */
  static HsmClient over(HttpTransport transport, HsmClientConfig config, VirtualTime time) {
    CallExecutor calls = new CallExecutor(config, transport, time, time, () -> 0L);
    return new RestHsmClient(
        calls,
        transport,
        config.signTimeout(),
        new KeyTurns(config.http().maxConnections(), time),
        new RequestCalls(calls, null));
  }
}
