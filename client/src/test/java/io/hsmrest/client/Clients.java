package io.hsmrest.client;

import io.hsmrest.client.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configurations and clients out of lines of {@code hsmrest.properties}. */
final class Clients {
  private Clients() {}

  static Settings settings(String... lines) throws HsmConfigurationException {
    return Settings.parse(
        String.join("\n", lines).getBytes(StandardCharsets.UTF_8), "test.properties", Map.of());
  }

  static HsmClientConfig config(String endpoint, String... lines) throws HsmConfigurationException {
    return config(null, endpoint, lines);
  }

  static HsmClientConfig config(@Nullable Secret storePassword, String endpoint, String... lines)
      throws HsmConfigurationException {
    Settings settings = settings("endpoint=" + endpoint + "\n" + String.join("\n", lines));
    settings.rejectUnknown(HsmClientConfig.KEYS, HsmClientConfig.PREFIXES);
    return HsmClientConfig.read(settings, storePassword);
  }

  /** A client with real connections, whose pauses take no time. */
  static HsmClient open(String endpoint, String... lines) throws HsmConfigurationException {
    return open(new VirtualTime(), config(endpoint, lines));
  }

  static HsmClient open(VirtualTime time, HsmClientConfig config) throws HsmConfigurationException {
    return HsmClients.open(config, time, time);
  }

  /** The settings of waiting for people. */
  static ApprovalSettings approvals(String... lines) throws HsmConfigurationException {
    return config("http://127.0.0.1:1", lines).approval();
  }

  /** A client whose time is virtual; a generator that always answers zero halves every pause. */
  static HsmClient over(HttpTransport transport, HsmClientConfig config, VirtualTime time) {
    CallExecutor calls = new CallExecutor(config, transport, time, time, () -> 0L);
    return new RestHsmClient(calls, transport, config.signTimeout(), new RequestCalls(calls, null));
  }
}
