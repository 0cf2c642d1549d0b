package io.hsmrest.tests.scenario.tls;

import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.KeyStoreBuilderParameters;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** TLS contexts of JSSE. */
public final class Contexts {
  private Contexts() {}

  /** The ways in which JSSE reads keys. */
  enum KeyManagers {
    SUN_X509 {
      @Override
      KeyManager[] of(KeyStore keyStore, Provider provider) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
        factory.init(keyStore, null);
        return factory.getKeyManagers();
      }
    },
    NEW_SUN_X509 {
      @Override
      KeyManager[] of(KeyStore keyStore, Provider provider) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("NewSunX509");
        factory.init(keyStore, null);
        return factory.getKeyManagers();
      }
    },
    /** A store that is opened anew for each look. */
    BUILDER {
      @Override
      KeyManager[] of(KeyStore keyStore, Provider provider) throws GeneralSecurityException {
        KeyManagerFactory factory = KeyManagerFactory.getInstance("NewSunX509");
        factory.init(
            new KeyStoreBuilderParameters(
                KeyStore.Builder.newInstance(
                    keyStore.getType(), provider, new KeyStore.PasswordProtection(null))));
        return factory.getKeyManagers();
      }
    };

    abstract KeyManager[] of(KeyStore keyStore, Provider provider) throws GeneralSecurityException;
  }

  static SSLContext context(KeyManager @Nullable [] keys, @Nullable KeyStore trusted) {
    try {
      TrustManager[] trust = null;
      if (trusted != null) {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(trusted);
        trust = factory.getTrustManagers();
      }
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** With the HSM's keys. */
  static SSLContext hsm(Provider provider, KeyManagers managers, @Nullable KeyStore trusted) {
    try {
      return context(managers.of(TlsHsm.keyStore(provider), provider), trusted);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** With a key of the JDK's own kind. */
  public static SSLContext software(KeyStore keyStore, @Nullable KeyStore trusted) {
    try {
      KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
      factory.init(keyStore, new char[0]);
      return context(factory.getKeyManagers(), trusted);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
