package io.hsmrest.provider.cli;

import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.Settings;
import io.hsmrest.keystore.ConfigurationSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which service, and how it knows us. */
final class ConfigurationOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = {
        "The hsmrest.properties. Without it the provider's usual places are looked at: the system"
            + " property hsmrest.config, the environment variable HSMREST_CONFIG,"
            + " ./hsmrest.properties, ~/.hsmrest/hsmrest.properties."
      })
  private @Nullable String file;

  @Option(
      names = "--storepass",
      paramLabel = "env:NAME|file:PATH",
      description = "Where that is which 'storepass:' stands for in the hsmrest.properties.")
  private @Nullable String storePassword;

  Settings settings() throws HsmConfigurationException {
    ConfigurationSource source =
        file == null ? ConfigurationSource.standard() : ConfigurationSource.of(file);
    return source
        .readIfPresent()
        .orElseThrow(
            () ->
                new HsmConfigurationException(
                    "no configuration: give a hsmrest.properties with --config FILE, in the"
                        + " environment variable HSMREST_CONFIG, as ./hsmrest.properties or as"
                        + " ~/.hsmrest/hsmrest.properties"))
        .settings();
  }

  HsmClientConfig read() throws HsmConfigurationException {
    return read(settings());
  }

  /** The same out of settings that were changed. */
  HsmClientConfig read(Settings settings) throws HsmConfigurationException {
    return HsmClientConfig.read(
        settings, storePassword == null ? null : NamedSecret.read("--storepass", storePassword));
  }
}
