package io.hsmrest.client;

import io.hsmrest.client.model.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to reach the service. Immutable; cannot exist invalid.
 *
 * @param endpoints base URLs without trailing slash and without {@code /v1}, preferred first
 * @param authentication how the service knows us
 * @param http the connections
 * @param retryMaxAttempts how often what is safe to repeat is tried
 * @param approval waiting for people
 */
public record HsmClientConfig(
    List<URI> endpoints,
    Authentication authentication,
    HttpSettings http,
    int retryMaxAttempts,
    ApprovalSettings approval) {

  /** The settings it understands. */
  public static final Set<String> KEYS =
      Set.of(
          "endpoint",
          "auth.token",
          "auth.apiKey.keyManagement",
          "auth.apiKey.keyOperation",
          "auth.apiKey.service",
          "auth.apiKey.approver",
          "auth.clientKeyStore",
          "auth.clientKeyStorePassword",
          "tls.trustedCertificates",
          "http.connectTimeout",
          "http.responseTimeout",
          "http.deadline",
          "http.maxConnections",
          "http.maxResponseBytes",
          "http.proxy",
          "http.proxyUser",
          "http.proxyPassword",
          "retry.maxAttempts",
          "approval.timeout",
          "approval.poll",
          "approval.onGiveUp",
          "approval.progress");

  /** The beginnings of settings whose names end in something of the user's. */
  public static final Set<String> PREFIXES = Set.of(ApprovalSettings.METADATA_PREFIX);

  /** Copies the list. */
  public HsmClientConfig {
    endpoints = List.copyOf(endpoints);
  }

  /**
   * Reads what concerns the client.
   *
   * @param storePassword what {@code storepass:} stands for, null when none was given
   * @throws HsmConfigurationException naming the first setting that is missing or wrong
   */
  public static HsmClientConfig read(Settings settings, @Nullable Secret storePassword)
      throws HsmConfigurationException {
    List<URI> endpoints = new ArrayList<>();
    settings.required("endpoint");
    for (String text : settings.list("endpoint")) {
      endpoints.add(endpoint(settings, text));
    }
    return new HsmClientConfig(
        endpoints,
        Authentication.read(settings, storePassword),
        HttpSettings.read(settings),
        settings.integer("retry.maxAttempts", 4, 1, 100),
        ApprovalSettings.read(settings));
  }

  private static URI endpoint(Settings settings, String text) throws HsmConfigurationException {
    try {
      URI uri = new URI(text.replaceAll("/+$", "").replaceAll("/v1$", "").replaceAll("/+$", ""));
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getRawUserInfo() == null
          && uri.getRawQuery() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw settings.wrong(
        "endpoint", text, "a base URL; write for example https://rest-api.cloudshsm.com");
  }
}
