package io.hsmrest.keystore;

import io.hsmrest.client.model.Secret;
import java.security.KeyStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For {@code KeyStore.load}: a configuration made in Java code, and the password that {@code
 * storepass:} stands for.
 */
public final class HsmRestLoadStoreParameter implements KeyStore.LoadStoreParameter {
  private final HsmRestConfig config;
  private final @Nullable Secret storePassword;

  /** Takes a configuration whose settings refer to no store password. */
  public HsmRestLoadStoreParameter(HsmRestConfig config) {
    this(config, null);
  }

  /** Copies the password, which may be null. */
  public HsmRestLoadStoreParameter(HsmRestConfig config, char @Nullable [] storePassword) {
    this.config = config;
    this.storePassword = storePassword == null ? null : Secret.of(storePassword);
  }

  HsmRestConfig config() {
    return config;
  }

  Optional<Secret> storePassword() {
    return Optional.ofNullable(storePassword);
  }

  /** The store password again, null when there is none. */
  @Override
  public KeyStore.@Nullable ProtectionParameter getProtectionParameter() {
    return storePassword == null
        ? null
        : new KeyStore.PasswordProtection(storePassword.toCharArray());
  }
}
