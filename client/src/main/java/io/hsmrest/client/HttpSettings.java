package io.hsmrest.client;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the connections.
 *
 * @param connectTimeout for one connection, and again for its TLS handshake
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

  private static final Pattern HOST_AND_PORT =
      Pattern.compile("([\\w.-]+|\\[[0-9A-Fa-f:.]+\\]):(\\d{1,5})");

  /**
   * A proxy.
   *
   * @param user null for a proxy that asks for none
   */
  public record Proxy(
      String host, int port, @Nullable String user, @Nullable SecretSource password) {}

  static HttpSettings read(Settings settings) throws HsmConfigurationException {
    return new HttpSettings(
        settings.positiveDuration("http.connectTimeout", Duration.ofSeconds(5)),
        settings.positiveDuration("http.responseTimeout", Duration.ofSeconds(30)),
        settings.positiveDuration("http.deadline", Duration.ofSeconds(60)),
        settings.integer("http.maxConnections", 64, 1, 10_000),
        settings.bytes("http.maxResponseBytes", 4L << 20, 1024, 1L << 30),
        settings.path("tls.trustedCertificates").orElse(null),
        proxy(settings));
  }

  private static @Nullable Proxy proxy(Settings settings) throws HsmConfigurationException {
    String text = settings.text("http.proxy").orElse(null);
    String user = settings.text("http.proxyUser").orElse(null);
    SecretSource password = settings.secret("http.proxyPassword").orElse(null);
    if (text == null && user != null) {
      throw settings.refused("http.proxyUser", "needs 'http.proxy'");
    }
    if (user == null && password != null) {
      throw settings.refused("http.proxyPassword", "needs 'http.proxyUser'");
    }
    return text == null ? null : proxy(settings, text, user, password);
  }

  private static Proxy proxy(
      Settings settings, String text, @Nullable String user, @Nullable SecretSource password)
      throws HsmConfigurationException {
    if (text.contains("@")) {
      throw settings.refused(
          "http.proxy",
          "write host:port; user and password go into 'http.proxyUser' and 'http.proxyPassword'");
    }
    Matcher matcher = HOST_AND_PORT.matcher(text);
    int port = matcher.matches() ? Integer.parseInt(matcher.group(2)) : 0;
    if (port < 1 || port > 65_535) {
      throw settings.wrong("http.proxy", text, "a proxy; write host:port");
    }
    return new Proxy(matcher.group(1), port, user, password);
  }
}
