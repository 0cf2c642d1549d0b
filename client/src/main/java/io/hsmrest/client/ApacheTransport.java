package io.hsmrest.client;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProxySelector;
import java.net.SocketTimeoutException;
import java.net.URI;
import org.apache.hc.client5.http.auth.AuthScope;
import org.apache.hc.client5.http.auth.UsernamePasswordCredentials;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.auth.BasicCredentialsProvider;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.SystemDefaultRoutePlanner;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * HTTP through Apache HttpClient 5: pooled connections that stay open, no redirects, no cookies, no
 * repetitions of its own. The one class that sees that library.
 */
final class ApacheTransport implements HttpTransport {
  private static final String SENT = "io.hsmrest.sent";

  private final HttpSettings settings;
  private final CloseableHttpClient client;

  ApacheTransport(HttpSettings settings, Authentication authentication)
      throws HsmConfigurationException {
    this.settings = settings;
    Timeout connectTimeout = Timeout.of(settings.connectTimeout());
    HttpClientBuilder builder =
        HttpClientBuilder.create()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setTlsSocketStrategy(
                        new DefaultClientTlsStrategy(
                            TlsContext.create(settings.trustedCertificates(), authentication)))
                    .setMaxConnPerRoute(settings.maxConnections())
                    .setMaxConnTotal(settings.maxConnections() * 4)
                    .setDefaultSocketConfig(SocketConfig.custom().setTcpNoDelay(true).build())
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(connectTimeout)
                            .setSocketTimeout(connectTimeout)
                            .setValidateAfterInactivity(TimeValue.ofMilliseconds(500))
                            .build())
                    .build())
            .setRequestExecutor(new MarkingExecutor())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableContentCompression();
    addProxy(builder, settings.proxy(), authentication);
    this.client = builder.build();
  }

  /** Notes when a request begins to leave: before that a failure changes nothing anywhere. */
  private static final class MarkingExecutor extends HttpRequestExecutor {
    @Override
    public ClassicHttpResponse execute(
        ClassicHttpRequest request,
        HttpClientConnection connection,
        HttpResponseInformationCallback callback,
        HttpContext context)
        throws IOException, HttpException {
      context.setAttribute(SENT, Boolean.TRUE);
      return super.execute(request, connection, callback, context);
    }
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

  @Override
  public Answer send(Request request) throws IOException {
    HttpClientContext context = HttpClientContext.create();
    context.setRequestConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(Timeout.of(request.timeout()))
            .setResponseTimeout(Timeout.of(request.timeout()))
            .build());
    long end = System.nanoTime() + request.timeout().toNanos();
    try {
      URI uri = request.uri();
      return client.execute(
          new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort()),
          message(request),
          context,
          response -> answer(response, end));
    } catch (IOException e) {
      if (context.getAttribute(SENT) == null) {
        throw new NotSentException(describe(e), e);
      }
      throw e;
    }
  }

  private static ClassicHttpRequest message(Request request) {
    ClassicRequestBuilder builder = ClassicRequestBuilder.create(request.method());
    builder.setUri(request.uri());
    request.headers().forEach(builder::setHeader);
    Octets body = request.body();
    if (body != null) {
      builder.setEntity(new ByteArrayEntity(body.toByteArray(), ContentType.APPLICATION_JSON));
    }
    return builder.build();
  }

  private Answer answer(ClassicHttpResponse response, long end) throws IOException {
    Header retryAfter = response.getFirstHeader("Retry-After");
    HttpEntity entity = response.getEntity();
    return new Answer(
        response.getCode(),
        entity == null ? Octets.of(new byte[0]) : Octets.of(body(entity, end)),
        retryAfter == null ? null : retryAfter.getValue());
  }

  private byte[] body(HttpEntity entity, long end) throws IOException {
    try (InputStream in = entity.getContent()) {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        body.write(buffer, 0, n);
        if (body.size() > settings.maxResponseBytes()) {
          throw new IOException(
              "the answer is larger than http.maxResponseBytes ("
                  + settings.maxResponseBytes()
                  + " bytes)");
        }
        if (System.nanoTime() - end > 0) {
          throw new SocketTimeoutException("the answer is not complete in time");
        }
      }
      return body.toByteArray();
    }
  }

  private static String describe(IOException e) {
    String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message;
  }

  /** Closes idle connections at once and those in use when they are done. */
  @Override
  public void close() {
    client.close(CloseMode.GRACEFUL);
  }
}
