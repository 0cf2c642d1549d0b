package io.hsmrest.keystore.aia;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Provider;
import java.security.Security;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * TLS with the JDK's cacerts file and the JDK's providers by object: the default context may be
 * made of the very key store that needs the download. Thread-safe.
 */
final class CacertsTls implements HttpGet.Tls {
  private @Nullable SSLSocketFactory made;

  @Override
  public synchronized SSLSocketFactory sockets() throws IOException {
    SSLSocketFactory sockets = made;
    if (sockets == null) {
      try {
        sockets = make();
      } catch (GeneralSecurityException e) {
        throw new DownloadException("TLS cannot be set up: " + e.getMessage());
      }
      made = sockets;
    }
    return sockets;
  }

  private static SSLSocketFactory make() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("JKS", jdk("SUN"));
    Path cacerts = Path.of(System.getProperty("java.home"), "lib", "security", "cacerts");
    try (InputStream in = Files.newInputStream(cacerts)) {
      trusted.load(in, null);
    }
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX", jdk("SunJSSE"));
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS", jdk("SunJSSE"));
    context.init(null, trust.getTrustManagers(), null);
    return context.getSocketFactory();
  }

  private static Provider jdk(String name) throws DownloadException {
    Provider provider = Security.getProvider(name);
    if (provider == null) {
      throw new DownloadException("this Java has no security provider " + name);
    }
    return provider;
  }
}
