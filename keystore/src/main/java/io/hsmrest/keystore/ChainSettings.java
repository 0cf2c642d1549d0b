package io.hsmrest.keystore;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.Settings;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of certificate chains.
 *
 * @param file PEM file with further CA certificates, null for none
 * @param store where {@code setKeyEntry} keeps the CA certificates of a chain
 * @param aia whether missing issuers are fetched from the addresses in certificates (RFC 5280
 *     4.2.2.1)
 */
public record ChainSettings(@Nullable Path file, Store store, boolean aia) {

  /** Where the CA certificates of a chain are kept. */
  public enum Store {
    /** As lone certificates in the HSM. */
    HSM,
    /** Nowhere; {@code chain.file} or the partition must have them. */
    NONE
  }

  static final Set<String> KEYS = Set.of("chain.file", "chain.store", "chain.aia");

  static ChainSettings read(Settings settings) throws HsmConfigurationException {
    return new ChainSettings(
        settings.path("chain.file").orElse(null),
        settings.choice("chain.store", Store.HSM),
        settings.flag("chain.aia", false));
  }
}
