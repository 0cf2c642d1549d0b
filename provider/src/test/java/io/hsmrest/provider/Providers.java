package io.hsmrest.provider;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.keystore.ConfigurationSource;
import io.hsmrest.keystore.HsmRestConfig;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Providers made in code. */
final class Providers {
  private Providers() {}

  /** A provider with these keys; settings are {@code name=value}. */
  static HsmRestProvider of(String endpoint, Collection<String> labels, String... settings) {
    return HsmRestProvider.of(config(endpoint, labels, settings));
  }

  static HsmRestConfig config(String endpoint, Collection<String> labels, String... settings) {
    StringBuilder text = new StringBuilder("endpoint=").append(endpoint).append('\n');
    text.append("keys.include=").append(String.join(",", labels)).append('\n');
    for (String setting : settings) {
      text.append(setting).append('\n');
    }
    try {
      return ConfigurationSource.parse(text.toString().getBytes(StandardCharsets.UTF_8), "a test");
    } catch (HsmConfigurationException e) {
      throw new AssertionError(e);
    }
  }
}
