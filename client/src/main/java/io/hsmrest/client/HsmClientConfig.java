package io.hsmrest.client;

import io.hsmrest.client.model.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
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
 * @param signTimeout longest time for one signature without approvals, with all its retries
 * @param approval waiting for people
 * @param requestSigner who signs what approvers are shown, null for nobody
 */
public record HsmClientConfig(
    List<URI> endpoints,
    Authentication authentication,
    HttpSettings http,
    int retryMaxAttempts,
    Duration signTimeout,
    ApprovalSettings approval,
    @Nullable RequestSignerSettings requestSigner) {

  private static final String A_BASE_URL =
      "a base URL; write for example https://rest-api.cloudshsm.com";

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
          "sign.timeout",
          "approval.timeout",
          "approval.poll",
          "approval.onGiveUp",
          "approval.recover",
          "approval.resume",
          "approval.progress",
          "requestSigner.keyStore",
          "requestSigner.password",
          "requestSigner.alias");

  /** The beginnings of settings whose names end in something of the user's. */
  public static final Set<String> PREFIXES = Set.of(ApprovalSettings.METADATA_PREFIX);

  /** Copies the list, which must not be empty. */
  public HsmClientConfig {
    endpoints = List.copyOf(endpoints);
    if (endpoints.isEmpty()) {
      throw new IllegalArgumentException("no endpoint");
    }
  }

  /**
   * Reads what concerns the client.
   *
   * @param storePassword what {@code storepass:} stands for, null when none was given
   * @throws HsmConfigurationException naming the first setting that is missing or wrong
   */
  public static HsmClientConfig read(Settings settings, @Nullable Secret storePassword)
      throws HsmConfigurationException {
    String text = settings.required("endpoint");
    List<URI> endpoints = new ArrayList<>();
    for (String element : settings.list("endpoint")) {
      endpoints.add(endpoint(settings, element));
    }
    if (endpoints.isEmpty()) {
      throw settings.wrong("endpoint", text, A_BASE_URL);
    }
    HttpSettings http = HttpSettings.read(settings);
    return new HsmClientConfig(
        endpoints,
        Authentication.read(settings, storePassword),
        http,
        settings.integer("retry.maxAttempts", 4, 1, 100),
        settings.positiveDuration("sign.timeout", http.deadline()),
        ApprovalSettings.read(settings),
        RequestSignerSettings.read(settings, storePassword));
  }

  private static URI endpoint(Settings settings, String text) throws HsmConfigurationException {
    if (text.contains("@")) {
      throw settings.refused("endpoint", "user and password do not belong into a URL");
    }
    try {
      URI uri = new URI(text.replaceAll("/+$", "").replaceAll("/v1$", "").replaceAll("/+$", ""));
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      if ((scheme.equals("http") || scheme.equals("https"))
          && uri.getHost() != null
          && uri.getPort() != 0
          && uri.getPort() <= 65_535
          && uri.getRawQuery() == null
          && uri.getRawFragment() == null) {
        return uri;
      }
    } catch (URISyntaxException e) {
      // Told below.
    }
    throw settings.wrong("endpoint", text, A_BASE_URL);
  }
}
