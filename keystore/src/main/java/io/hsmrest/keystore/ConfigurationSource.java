package io.hsmrest.keystore;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where {@code hsmrest.properties} comes from when {@code KeyStore.load} is given none: the
 * provider's argument, the system property {@code hsmrest.config}, the environment variable {@code
 * HSMREST_CONFIG}, {@code ./hsmrest.properties}, {@code ~/.hsmrest/hsmrest.properties}; the first
 * wins. Nothing is read before {@link #read()}. Immutable and thread-safe.
 */
public final class ConfigurationSource {
  private static final String FILE_NAME = "hsmrest.properties";

  private final @Nullable String argument;
  private final @Nullable HsmRestConfig config;

  private ConfigurationSource(@Nullable String argument, @Nullable HsmRestConfig config) {
    this.argument = argument;
    this.config = config;
  }

  /** Looks in the usual places. */
  public static ConfigurationSource standard() {
    return new ConfigurationSource(null, null);
  }

  /** Takes this file or URL and no other. */
  public static ConfigurationSource of(String pathOrUrl) {
    return new ConfigurationSource(pathOrUrl, null);
  }

  /** Takes a configuration made in Java code. */
  public static ConfigurationSource of(HsmRestConfig config) {
    return new ConfigurationSource(null, config);
  }

  /**
   * Reads and checks the configuration where there is one.
   *
   * @throws HsmConfigurationException when it cannot be read, or a setting is wrong
   */
  public Optional<HsmRestConfig> readIfPresent() throws HsmConfigurationException {
    if (config != null) {
      return Optional.of(config);
    }
    String location = location();
    return location == null ? Optional.empty() : Optional.of(parse(bytesOf(location), location));
  }

  private @Nullable String location() {
    return argument != null ? argument : named().orElseGet(ConfigurationSource::found);
  }

  /**
   * Reads and checks the configuration.
   *
   * @throws HsmConfigurationException when there is none, it cannot be read, or a setting is wrong
   */
  public HsmRestConfig read() throws HsmConfigurationException {
    return readIfPresent()
        .orElseThrow(
            () ->
                new HsmConfigurationException(
                    "no configuration: give a "
                        + FILE_NAME
                        + " to the provider (-providerarg FILE), in the system property"
                        + " hsmrest.config, in the environment variable HSMREST_CONFIG, as ./"
                        + FILE_NAME
                        + " or as ~/.hsmrest/"
                        + FILE_NAME));
  }

  /** Checks a configuration that is already in memory; {@code origin} is for messages. */
  public static HsmRestConfig parse(byte[] properties, String origin)
      throws HsmConfigurationException {
    return HsmRestConfig.read(
        Settings.parse(properties, origin, Settings.systemOverrides(System.getProperties())));
  }

  /** For people: the argument, or that the usual places are looked at. */
  public String describe() {
    return argument != null ? argument : "the usual places";
  }

  private static Optional<String> named() {
    return Optional.ofNullable(System.getProperty("hsmrest.config"))
        .or(() -> Optional.ofNullable(System.getenv("HSMREST_CONFIG")));
  }

  private static @Nullable String found() {
    List<Path> places =
        List.of(
            Path.of(FILE_NAME),
            Path.of(System.getProperty("user.home", "."), ".hsmrest", FILE_NAME));
    for (Path place : places) {
      if (Files.isRegularFile(place)) {
        return place.toString();
      }
    }
    return null;
  }

  private static byte[] bytesOf(String location) throws HsmConfigurationException {
    try {
      if (location.matches("[a-z]{2,}:.*")) {
        try (InputStream in = URI.create(location).toURL().openStream()) {
          return in.readAllBytes();
        }
      }
      return Files.readAllBytes(Path.of(location));
    } catch (NoSuchFileException e) {
      throw new HsmConfigurationException("configuration file " + location + " does not exist", e);
    } catch (MalformedURLException | IllegalArgumentException e) {
      throw new HsmConfigurationException(
          "configuration " + location + " is neither a file nor a URL: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new HsmConfigurationException(
          "configuration " + location + " cannot be read: " + e.getMessage(), e);
    }
  }
}
