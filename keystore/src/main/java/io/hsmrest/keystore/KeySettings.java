package io.hsmrest.keystore;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.SecretSource;
import io.hsmrest.client.Settings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Settings of the key store: which keys it shows and what it may do to them.
 *
 * @param include labels or globs; empty for everything
 * @param exclude labels or globs
 * @param cacheTtl how long an entry is used before it is read again
 * @param passwords the keys' own passwords by label
 * @param withoutCertificate what becomes of keys that have no certificate
 * @param delete whether {@code deleteEntry} may destroy a key
 * @param softwareKeys whether {@code setKeyEntry} may import a software key
 */
public record KeySettings(
    List<LabelPattern> include,
    List<LabelPattern> exclude,
    Duration cacheTtl,
    Map<String, SecretSource> passwords,
    WithoutCertificate withoutCertificate,
    Permission delete,
    Permission softwareKeys) {

  /** What becomes of keys that have no certificate. */
  public enum WithoutCertificate {
    /** A key entry without chain. */
    LIST,
    /** A key entry whose certificate is made up locally, so that keytool can make a CSR for it. */
    PLACEHOLDER,
    /** Not shown. */
    HIDE
  }

  /** What the operator lets the key store do. */
  public enum Permission {
    /** Refused, with a message that names the setting. */
    DENY,
    /** Done. */
    ALLOW
  }

  static final String PASSWORD_PREFIX = "keys.password.";

  static final Set<String> KEYS =
      Set.of(
          "keys.include",
          "keys.exclude",
          "keys.cacheTtl",
          "keys.withoutCertificate",
          "keys.delete",
          "keys.import");

  static KeySettings read(Settings settings) throws HsmConfigurationException {
    Map<String, SecretSource> passwords = new HashMap<>();
    for (String label : settings.withPrefix(PASSWORD_PREFIX).keySet()) {
      settings.secret(PASSWORD_PREFIX + label).ifPresent(source -> passwords.put(label, source));
    }
    return new KeySettings(
        patterns(settings, "keys.include"),
        patterns(settings, "keys.exclude"),
        settings.duration("keys.cacheTtl", Duration.ofMinutes(5)),
        Map.copyOf(passwords),
        settings.choice("keys.withoutCertificate", WithoutCertificate.LIST),
        settings.choice("keys.delete", Permission.DENY),
        settings.choice("keys.import", Permission.DENY));
  }

  private static List<LabelPattern> patterns(Settings settings, String key)
      throws HsmConfigurationException {
    return settings.list(key).stream().map(LabelPattern::new).toList();
  }

  /** Whether {@code keys.include} names labels only, so that no right to list is needed. */
  boolean isExactInclude() {
    return !include.isEmpty() && include.stream().allMatch(LabelPattern::isExact);
  }

  /** Whether an entry of this label is shown. */
  boolean shows(String label) {
    return !LabelPattern.isInternal(label)
        && (include.isEmpty() || include.stream().anyMatch(p -> p.matches(label)))
        && exclude.stream().noneMatch(p -> p.matches(label));
  }
}
