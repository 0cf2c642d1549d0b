package io.hsmrest.client.rest;

import io.hsmrest.client.Authentication;
import io.hsmrest.client.HsmConfigurationException;
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
import javax.net.ssl.SSLContext;
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
      context.init(ClientKeyStore.keyManagers(authentication), trust.getTrustManagers(), null);
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
    } catch (IOException e) {
      throw new HsmConfigurationException(
          "tls.trustedCertificates: "
              + pem
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + ")",
          e);
    } catch (CertificateException e) {
      throw new HsmConfigurationException(
          "tls.trustedCertificates: " + pem + " holds no certificates in PEM", e);
    }
    if (certificates.isEmpty()) {
      throw new HsmConfigurationException(
          "tls.trustedCertificates: " + pem + " holds no certificates in PEM");
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

  static Provider jdk(String name) throws HsmConfigurationException {
    Provider provider = Security.getProvider(name);
    if (provider == null) {
      throw new HsmConfigurationException("this Java has no security provider " + name);
    }
    return provider;
  }
}
