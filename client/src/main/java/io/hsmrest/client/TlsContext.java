package io.hsmrest.client;

import io.hsmrest.client.model.Secret;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS towards the service, made of the JDK's own providers by object and an explicit trust store:
 * the default context, the default key store type and the provider list may all lead back to this
 * project's provider.
 */
final class TlsContext {
  private TlsContext() {}

  static SSLContext create(@Nullable Path trustedCertificates, Authentication authentication)
      throws HsmConfigurationException {
    try {
      Provider jsse = jdk("SunJSSE");
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX", jsse);
      trust.init(
          trustedCertificates == null ? jdkCertificates() : certificates(trustedCertificates));
      SSLContext context = SSLContext.getInstance("TLS", jsse);
      TrustManager[] trustManagers = trust.getTrustManagers();
      context.init(keyManagers(authentication, jsse), trustManagers, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new HsmConfigurationException("TLS cannot be set up: " + e.getMessage(), e);
    }
  }

  private static KeyStore certificates(Path pem)
      throws HsmConfigurationException, GeneralSecurityException, IOException {
    Collection<? extends Certificate> certificates;
    try (InputStream in = Files.newInputStream(pem)) {
      certificates = CertificateFactory.getInstance("X.509", jdk("SUN")).generateCertificates(in);
    } catch (IOException | CertificateException e) {
      throw new HsmConfigurationException(
          "tls.trustedCertificates: " + pem + " is not a readable PEM file with certificates", e);
    }
    if (certificates.isEmpty()) {
      throw new HsmConfigurationException(
          "tls.trustedCertificates: " + pem + " holds no certificate");
    }
    KeyStore store = KeyStore.getInstance("JKS", jdk("SUN"));
    store.load(null, null);
    for (Certificate certificate : certificates) {
      store.setCertificateEntry("ca-" + store.size(), certificate);
    }
    return store;
  }

  private static KeyStore jdkCertificates()
      throws HsmConfigurationException, GeneralSecurityException, IOException {
    Path security = Path.of(System.getProperty("java.home"), "lib", "security");
    Path own = security.resolve("jssecacerts");
    // SUN's "JKS" reads PKCS#12 as well; neither form needs a password for certificates.
    KeyStore store = KeyStore.getInstance("JKS", jdk("SUN"));
    try (InputStream in =
        Files.newInputStream(Files.exists(own) ? own : security.resolve("cacerts"))) {
      store.load(in, null);
    }
    return store;
  }

  private static KeyManager @Nullable [] keyManagers(Authentication authentication, Provider jsse)
      throws HsmConfigurationException, GeneralSecurityException {
    Path file = authentication.clientKeyStore();
    if (file == null) {
      return null;
    }
    SecretSource source = authentication.clientKeyStorePassword();
    Secret secret = source == null ? null : source.resolve(authentication.storePassword());
    char[] password = secret == null ? null : secret.toCharArray();
    KeyStore store = KeyStore.getInstance("PKCS12", jdk("SUN"));
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    } catch (IOException e) {
      throw new HsmConfigurationException(
          "auth.clientKeyStore: "
              + file
              + " cannot be read as PKCS#12; is auth.clientKeyStorePassword right?",
          e);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509", jsse);
    keys.init(store, password);
    return keys.getKeyManagers();
  }

  private static Provider jdk(String name) throws HsmConfigurationException {
    Provider provider = Security.getProvider(name);
    if (provider == null) {
      throw new HsmConfigurationException("this Java has no security provider " + name);
    }
    return provider;
  }
}
