package io.hsmrest.client;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the connections.
 *
 * @param connectTimeout for one connection, TLS included
 * @param responseTimeout for one response
 * @param deadline for one operation with all its retries
 * @param maxConnections per endpoint
 * @param maxResponseBytes larger answers are refused
 * @param trustedCertificates PEM file with the CAs trusted for the endpoint; null for the JDK's
 * @param proxy null for the JDK's proxy properties
 */
public record HttpSettings(
    Duration connectTimeout,
    Duration responseTimeout,
    Duration deadline,
    int maxConnections,
    long maxResponseBytes,
    @Nullable Path trustedCertificates,
    @Nullable Proxy proxy) {

  /**
   * A proxy.
   *
   * @param user null for a proxy that asks for none
   */
  public record Proxy(
      String host, int port, @Nullable String user, @Nullable SecretSource password) {}

  static HttpSettings read(Settings settings) throws HsmConfigurationException {
    return new HttpSettings(
        settings.duration("http.connectTimeout", Duration.ofSeconds(5)),
        settings.duration("http.responseTimeout", Duration.ofSeconds(30)),
        settings.duration("http.deadline", Duration.ofSeconds(60)),
        settings.integer("http.maxConnections", 64, 1, 10_000),
        settings.bytes("http.maxResponseBytes", 4L << 20),
        settings.path("tls.trustedCertificates").orElse(null),
        proxy(settings));
  }

  private static @Nullable Proxy proxy(Settings settings) throws HsmConfigurationException {
    String text = settings.text("http.proxy").orElse(null);
    if (text == null) {
      return null;
    }
    int colon = text.lastIndexOf(':');
    if (colon <= 0 || !text.substring(colon + 1).matches("\\d{1,5}")) {
      throw settings.wrong("http.proxy", text, "a proxy; write host:port");
    }
    return new Proxy(
        text.substring(0, colon),
        Integer.parseInt(text.substring(colon + 1)),
        settings.text("http.proxyUser").orElse(null),
        settings.secret("http.proxyPassword").orElse(null));
  }
}
