package io.hsmrest.keystore;

import io.hsmrest.client.approval.ApprovalListener;
import io.hsmrest.client.model.Secret;
import java.security.KeyStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * For {@code KeyStore.load}: a configuration made in Java code, the password that {@code
 * storepass:} stands for, and who is told how waiting for people goes.
 */
public final class HsmRestLoadStoreParameter implements KeyStore.LoadStoreParameter {
  private final HsmRestConfig config;
  private final @Nullable Secret storePassword;
  private final @Nullable ApprovalListener approvalListener;

  /** Takes a configuration whose settings refer to no store password. */
  public HsmRestLoadStoreParameter(HsmRestConfig config) {
    this(config, (Secret) null, null);
  }

  /** Copies the password, which may be null. */
  public HsmRestLoadStoreParameter(HsmRestConfig config, char @Nullable [] storePassword) {
    this(config, storePassword == null ? null : Secret.of(storePassword), null);
  }

  private HsmRestLoadStoreParameter(
      HsmRestConfig config,
      @Nullable Secret storePassword,
      @Nullable ApprovalListener approvalListener) {
    this.config = config;
    this.storePassword = storePassword;
    this.approvalListener = approvalListener;
  }

  /**
   * The same, and the listener is told how waiting for people goes, beside what {@code
   * approval.progress} names. Whoever has the same configuration and the same listener object
   * shares a session.
   */
  public HsmRestLoadStoreParameter withApprovalListener(ApprovalListener listener) {
    return new HsmRestLoadStoreParameter(config, storePassword, listener);
  }

  HsmRestConfig config() {
    return config;
  }

  @Nullable ApprovalListener approvalListener() {
    return approvalListener;
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
