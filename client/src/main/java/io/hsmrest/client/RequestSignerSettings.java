package io.hsmrest.client;

import io.hsmrest.client.model.Secret;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The key that signs what approvers are shown and the request itself, for services that ask for it
 * (contract 1.6).
 *
 * @param keyStore PKCS#12 file
 * @param password its password, null for none
 * @param alias the key, null for the only one
 * @param storePassword what {@code storepass:} stands for, null when none was given
 */
public record RequestSignerSettings(
    Path keyStore,
    @Nullable SecretSource password,
    @Nullable String alias,
    @Nullable Secret storePassword) {

  static @Nullable RequestSignerSettings read(Settings settings, @Nullable Secret storePassword)
      throws HsmConfigurationException {
    Path file = settings.path("requestSigner.keyStore").orElse(null);
    SecretSource password = settings.secret("requestSigner.password").orElse(null);
    String alias = settings.text("requestSigner.alias").orElse(null);
    if (file == null) {
      if (password != null || alias != null) {
        throw settings.refused(
            password != null ? "requestSigner.password" : "requestSigner.alias",
            "is of no use without requestSigner.keyStore");
      }
      return null;
    }
    return new RequestSignerSettings(file, password, alias, storePassword);
  }
}
