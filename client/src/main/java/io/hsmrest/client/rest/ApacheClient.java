package io.hsmrest.client.rest;

import io.hsmrest.client.Authentication;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HttpSettings;
import io.hsmrest.client.SecretSource;
import io.hsmrest.client.model.Secret;
import java.io.IOException;
import java.net.ProxySelector;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HostnameVerificationPolicy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.EndpointDetails;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.Method;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sets up Apache HttpClient 5: pooled connections that stay open, no redirects, no cookies, no
 * repetitions of its own, a proxy.
 */
final class ApacheClient {
  private static final String SENT = "io.hsmrest.sent";
  private static final String CARE = "io.hsmrest.care";
  private static final int LONGEST_HEADER = 16 * 1024;
  private static final int MOST_HEADERS = 100;

  private ApacheClient() {}

  static CloseableHttpClient create(HttpSettings settings, Authentication authentication)
      throws HsmConfigurationException {
    HttpClientBuilder builder =
        HttpClientBuilder.create()
            .setConnectionManager(connections(settings, authentication))
            .setRequestExecutor(new CarefulExecutor())
            .setUserAgent("hsmrest")
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression();
    addProxy(builder, settings.proxy(), authentication);
    return builder.build();
  }

  private static HttpClientConnectionManager connections(
      HttpSettings settings, Authentication authentication) throws HsmConfigurationException {
    Timeout connectTimeout = Timeout.of(settings.connectTimeout());
    return PoolingHttpClientConnectionManagerBuilder.create()
        .setConnectionFactory(
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(
                    Http1Config.custom()
                        .setMaxLineLength(LONGEST_HEADER)
                        .setMaxHeaderCount(MOST_HEADERS)
                        .build())
                .build())
        .setTlsSocketStrategy(
            new DefaultClientTlsStrategy(
                TlsContext.create(settings.trustedCertificates(), authentication),
                // The JDK's check ends the handshake, the library's knows public suffixes.
                HostnameVerificationPolicy.BOTH,
                HttpsSupport.getDefaultHostnameVerifier()))
        .setMaxConnPerRoute(settings.maxConnections())
        // Each endpoint is a route; what bounds them is the number per endpoint.
        .setMaxConnTotal(Integer.MAX_VALUE)
        .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
        .setDefaultConnectionConfig(
            ConnectionConfig.custom()
                .setConnectTimeout(connectTimeout)
                .setSocketTimeout(connectTimeout)
                .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                .build())
        .build();
  }

  private static void addProxy(
      HttpClientBuilder builder, HttpSettings.@Nullable Proxy proxy, Authentication authentication)
      throws HsmConfigurationException {
    if (proxy == null) {
      builder.setRoutePlanner(new SystemDefaultRoutePlanner(ProxySelector.getDefault()));
      return;
    }
    builder.setProxy(new HttpHost(proxy.host(), proxy.port()));
    if (proxy.user() != null) {
      SecretSource source = proxy.password();
      Secret password =
          source == null ? Secret.of("") : source.resolve(authentication.storePassword());
      BasicCredentialsProvider credentials = new BasicCredentialsProvider();
      credentials.setCredentials(
          new AuthScope(proxy.host(), proxy.port()),
          new UsernamePasswordCredentials(proxy.user(), password.toCharArray()));
      builder.setDefaultCredentialsProvider(credentials);
    }
  }

  /** A pooled connection that the other side has closed; nothing was sent on it. */
  static final class StaleConnectionException extends IOException {
    private static final long serialVersionUID = 1L;

    StaleConnectionException() {
      super("the other side has closed the connection");
    }
  }

  /** Asks that the request leave on no connection that is known to be closed. */
  static void takeCare(HttpContext context) {
    context.setAttribute(CARE, Boolean.TRUE);
  }

  /** Whether the request began to leave: before that a failure changes nothing anywhere. */
  static boolean wasSent(HttpContext context) {
    return context.getAttribute(SENT) != null;
  }

  /**
   * Notes when a request begins to leave. The pool looks only at connections that were idle for a
   * while, because the look costs a millisecond; for what must not be sent twice every used
   * connection is looked at.
   */
  private static final class CarefulExecutor extends HttpRequestExecutor {
    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request,
        HttpClientConnection connection,
        HttpResponseInformationCallback callback,
        HttpContext context)
        throws IOException, HttpException {
      // The request for a tunnel stays between us and the proxy.
      if (!Method.CONNECT.isSame(request.getMethod())) {
        if (context.getAttribute(CARE) != null && isUsed(connection) && connection.isStale()) {
          throw new StaleConnectionException();
        }
        context.setAttribute(SENT, Boolean.TRUE);
      }
      return super.execute(request, connection, callback, context);
    }

    private static boolean isUsed(HttpClientConnection connection) {
      EndpointDetails details = connection.getEndpointDetails();
      return details != null && details.getRequestCount() > 0;
    }
  }
}
