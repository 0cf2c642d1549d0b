package io.hsmrest.simulator;

import io.hsmrest.simulator.config.SettingsException;
import io.hsmrest.simulator.config.Tls;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;

/** The TLS side of the server, out of the settings. */
final class ServerTls {
  private ServerTls() {}

  static SslContext of(Tls settings) {
    char[] password = settings.keyStorePassword().toCharArray();
    try (InputStream in = Files.newInputStream(Path.of(settings.keyStore()))) {
      KeyStore keyStore = KeyStore.getInstance("PKCS12");
      keyStore.load(in, password);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(keyStore, password);
      SslContextBuilder builder =
          SslContextBuilder.forServer(keys)
              .sslProvider(SslProvider.JDK)
              .clientAuth(
                  switch (settings.clientAuth()) {
                    case NONE -> ClientAuth.NONE;
                    case WANT -> ClientAuth.OPTIONAL;
                    case NEED -> ClientAuth.REQUIRE;
                  });
      String trusted = settings.trustedCertificates();
      if (trusted != null) {
        builder.trustManager(new File(trusted));
      }
      return builder.build();
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      throw new SettingsException("tls: " + e.getMessage(), e);
    }
  }
}
