package io.hsmrest.keystore;

import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.Settings;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything a {@code hsmrest.properties} says, checked as a whole. Immutable; two configurations
 * are equal when their settings are.
 */
public final class HsmRestConfig {
  private static final Set<String> KNOWN =
      union(
          List.of(
              Set.of("name"),
              HsmClientConfig.KEYS,
              KeySettings.KEYS,
              ChainSettings.KEYS,
              SigningSettings.KEYS,
              KeyGenerationSettings.KEYS));
  private static final Set<String> KNOWN_PREFIXES =
      union(List.of(HsmClientConfig.PREFIXES, Set.of(KeySettings.PASSWORD_PREFIX)));

  private final Settings settings;
  private final KeySettings keys;
  private final ChainSettings chain;
  private final SigningSettings signing;
  private final KeyGenerationSettings keyGeneration;

  private HsmRestConfig(Settings settings) throws HsmConfigurationException {
    settings.rejectUnknown(KNOWN, KNOWN_PREFIXES);
    this.settings = settings;
    this.keys = KeySettings.read(settings);
    this.chain = ChainSettings.read(settings);
    this.signing = SigningSettings.read(settings);
    this.keyGeneration = KeyGenerationSettings.read(settings);
  }

  /**
   * Checks all settings, those of the client included.
   *
   * @throws HsmConfigurationException naming the first setting that is unknown or wrong
   */
  public static HsmRestConfig read(Settings settings) throws HsmConfigurationException {
    HsmRestConfig config = new HsmRestConfig(settings);
    HsmClientConfig unused = HsmClientConfig.read(settings, null);
    return config;
  }

  /** The names of all settings, without those that end in a name of the user's. */
  public static Set<String> settingNames() {
    return KNOWN;
  }

  /** The beginnings of settings that end in a name of the user's, such as a key's label. */
  public static Set<String> settingPrefixes() {
    return KNOWN_PREFIXES;
  }

  /** Suffix of the provider's name. */
  public Optional<String> name() {
    return settings.text("name");
  }

  /** The settings as they were written. */
  public Settings settings() {
    return settings;
  }

  /** Which keys are shown and what may be done to them. */
  public KeySettings keys() {
    return keys;
  }

  /** Where chains come from. */
  public ChainSettings chain() {
    return chain;
  }

  /** How signatures are made. */
  public SigningSettings signing() {
    return signing;
  }

  /** What new keys are like. */
  public KeyGenerationSettings keyGeneration() {
    return keyGeneration;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof HsmRestConfig that && settings.equals(that.settings);
  }

  @Override
  public int hashCode() {
    return settings.hashCode();
  }

  /** Where the settings came from and which there are, without their values. */
  @Override
  public String toString() {
    return settings.toString();
  }

  private static Set<String> union(List<Set<String>> sets) {
    return sets.stream().flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());
  }
}
