package io.hsmrest.client.rest;

import io.hsmrest.client.Authentication;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.SecretSource;
import io.hsmrest.client.model.Secret;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.util.Arrays;
import java.util.Collections;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import org.jspecify.annotations.Nullable;

/** The PKCS#12 file of {@code auth.clientKeyStore}, for mutual TLS. */
final class ClientKeyStore {
  private ClientKeyStore() {}

  /** Null when no client key store is set. */
  static KeyManager @Nullable [] keyManagers(Authentication authentication)
      throws HsmConfigurationException {
    Path file = authentication.clientKeyStore();
    if (file == null) {
      return null;
    }
    SecretSource source = authentication.clientKeyStorePassword();
    Secret secret = source == null ? null : source.resolve(authentication.storePassword());
    char[] password = secret == null ? new char[0] : secret.toCharArray();
    try {
      KeyStore store = load(file, password);
      if (Collections.list(store.aliases()).stream().noneMatch(alias -> isKey(store, alias))) {
        throw new HsmConfigurationException(
            "auth.clientKeyStore: " + file + " holds no private key");
      }
      KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509", TlsContext.jdk("SunJSSE"));
      keys.init(store, password);
      return keys.getKeyManagers();
    } catch (GeneralSecurityException e) {
      throw unreadable(file, e);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static KeyStore load(Path file, char[] password)
      throws HsmConfigurationException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12", TlsContext.jdk("SUN"));
    byte[] content;
    try {
      content = Files.readAllBytes(file);
    } catch (IOException e) {
      throw new HsmConfigurationException(
          "auth.clientKeyStore: " + file + " cannot be read (" + e.getClass().getSimpleName() + ")",
          e);
    }
    try (InputStream in = new ByteArrayInputStream(content)) {
      store.load(in, password);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    return store;
  }

  private static boolean isKey(KeyStore store, String alias) {
    try {
      return store.isKeyEntry(alias);
    } catch (KeyStoreException e) {
      return false;
    }
  }

  private static HsmConfigurationException unreadable(Path file, Exception cause) {
    return new HsmConfigurationException(
        "auth.clientKeyStore: "
            + file
            + " cannot be read as PKCS#12; is auth.clientKeyStorePassword right?",
        cause);
  }
}
