package io.hsmrest.simulator.config;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * HTTPS instead of HTTP.
 *
 * @param keyStore PKCS#12 file with the server's key and chain
 * @param keyStorePassword its password
 * @param clientAuth {@code none}, {@code want} or {@code need}
 * @param trustedCertificates PEM file with the CAs of client certificates
 */
public record Tls(
    String keyStore,
    String keyStorePassword,
    ClientAuth clientAuth,
    @Nullable String trustedCertificates) {

  /** Whether clients must show a certificate. */
  public enum ClientAuth {
    NONE,
    WANT,
    NEED
  }

  /** Fills in what was left out. */
  @SuppressWarnings("NullAway") // the binder passes null for what the file leaves out
  public Tls {
    if (keyStore == null) {
      throw new IllegalArgumentException("tls.keyStore is missing");
    }
    keyStorePassword = Objects.requireNonNullElse(keyStorePassword, "");
    clientAuth = Objects.requireNonNullElse(clientAuth, ClientAuth.NONE);
    if (clientAuth != ClientAuth.NONE && trustedCertificates == null) {
      throw new IllegalArgumentException(
          "tls.clientAuth is "
              + clientAuth.name().toLowerCase(Locale.ROOT)
              + ", but tls.trustedCertificates is missing");
    }
  }

  @Override
  public String toString() {
    return "Tls[" + keyStore + ", clientAuth=" + clientAuth + "]";
  }
}
