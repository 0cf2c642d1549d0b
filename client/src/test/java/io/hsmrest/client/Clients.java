package io.hsmrest.client;

import io.hsmrest.client.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Configurations out of lines of {@code hsmrest.properties}. */
public final class Clients {
  private Clients() {}

  /** The settings in these lines. */
  public static Settings settings(String... lines) throws HsmConfigurationException {
    return Settings.parse(
        String.join("\n", lines).getBytes(StandardCharsets.UTF_8), "test.properties", Map.of());
  }

  /** A configuration without a password of the store. */
  public static HsmClientConfig config(String endpoint, String... lines)
      throws HsmConfigurationException {
    return config(null, endpoint, lines);
  }

  /**
   * A configuration, read as that of a program.
   *
   * @param storePassword null for none
   */
  public static HsmClientConfig config(
      @Nullable Secret storePassword, String endpoint, String... lines)
      throws HsmConfigurationException {
    Settings settings = settings("endpoint=" + endpoint + "\n" + String.join("\n", lines));
    settings.rejectUnknown(HsmClientConfig.KEYS, HsmClientConfig.PREFIXES);
    return HsmClientConfig.read(settings, storePassword);
  }

  /** The settings of waiting for people. */
  public static ApprovalSettings approvals(String... lines) throws HsmConfigurationException {
    return config("http://127.0.0.1:1", lines).approval();
  }
}
