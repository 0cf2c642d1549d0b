package io.hsmrest.keystore;

import java.io.IOException;
import java.security.KeyStore;
import javax.security.auth.callback.Callback;
import javax.security.auth.callback.PasswordCallback;
import javax.security.auth.callback.UnsupportedCallbackException;
import org.jspecify.annotations.Nullable;

/**
 * Takes the password out of a protection parameter. A key of the HSM mostly needs none, so whatever
 * holds none is no error.
 */
final class Passwords {
  private Passwords() {}

  static char @Nullable [] of(KeyStore.@Nullable ProtectionParameter protection) {
    if (protection instanceof KeyStore.PasswordProtection password) {
      return password.isDestroyed() ? null : password.getPassword();
    }
    if (protection instanceof KeyStore.CallbackHandlerProtection handler) {
      PasswordCallback callback = new PasswordCallback("password of the HSM key: ", false);
      try {
        handler.getCallbackHandler().handle(new Callback[] {callback});
        return callback.getPassword();
      } catch (IOException | UnsupportedCallbackException e) {
        return null;
      }
    }
    return null;
  }
}
