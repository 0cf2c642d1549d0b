package io.hsmrest.client.rest;

import io.hsmrest.client.Authentication;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HttpSettings;
import io.hsmrest.client.model.Octets;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.Timeout;

/**
 * HTTP through Apache HttpClient 5, as {@link ApacheClient} sets it up. These two are the classes
 * that see that library.
 */
final class ApacheTransport implements HttpTransport {
  // Without a charset, which JSON does not have; strict services compare the text.
  private static final ContentType JSON = ContentType.create("application/json");

  /** Lists are not bounded by the setting, and still not endless. */
  private static final long LONGEST_LIST = 64L << 20;

  /** What must not be repeated is left so long after an interrupt to come to its end. */
  static final Duration PATIENCE = Duration.ofMillis(80);

  private final HttpSettings settings;
  private final CloseableHttpClient client;

  ApacheTransport(HttpSettings settings, Authentication authentication)
      throws HsmConfigurationException {
    this.settings = settings;
    this.client = ApacheClient.create(settings, authentication);
  }

  @Override
  public Answer send(Request request) throws IOException {
    while (true) {
      Exchange exchange = new Exchange(request);
      try {
        return exchange.run();
      } catch (ApacheClient.StaleConnectionException e) {
        // Dropped from the pool, and nothing was sent on it: the next one, or a new one.
        if (exchange.late.get()) {
          throw new NotSentException("only closed connections in the pool", e);
        }
      }
    }
  }

  /** One request on one connection. */
  private final class Exchange {
    private final Request request;
    private final HttpUriRequestBase message;
    private final HttpClientContext context = HttpClientContext.create();
    private final AtomicBoolean late = new AtomicBoolean();

    Exchange(Request request) {
      this.request = request;
      this.message = new HttpUriRequestBase(request.method(), request.uri());
      request.headers().forEach(message::setHeader);
      Octets body = request.body();
      if (body != null) {
        message.setEntity(new ByteArrayEntity(body.toByteArray(), JSON));
      }
      context.setRequestConfig(
          RequestConfig.custom()
              // One that is free only at the last moment is of no use.
              .setConnectionRequestTimeout(Timeout.of(total().multipliedBy(9).dividedBy(10)))
              .setResponseTimeout(Timeout.of(request.responseTimeout()))
              .build());
      if (!request.repeatable()) {
        ApacheClient.takeCare(context);
      }
    }

    Answer run() throws IOException {
      CompletableFuture<Void> end = endAfter(total());
      try {
        Answer answer = Interruptible.run(this::execute, this::interrupt);
        if (!ApacheClient.wasSent(context)) {
          throw new NotSentException(proxyRefusal(answer.status()), null);
        }
        return answer;
      } catch (IOException | RuntimeException e) {
        throw failure(e);
      } finally {
        end.complete(null);
      }
    }

    /**
     * What must not be repeated, and is on its way, gets a moment longer: to know how it ended is
     * worth that.
     */
    private void interrupt() {
      if (request.repeatable() || !ApacheClient.wasSent(context)) {
        message.cancel();
      } else {
        CompletableFuture.delayedExecutor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
            .execute(message::cancel);
      }
    }

    private static String proxyRefusal(int status) {
      return "the proxy refused: HTTP "
          + status
          + (status == 407 ? "; check 'http.proxyUser' and 'http.proxyPassword'" : "");
    }

    private Duration total() {
      // Time-outs of the library bound each read; this bounds their sum, trickling bytes included.
      Duration one = settings.connectTimeout().plus(request.responseTimeout());
      return one.compareTo(request.total()) < 0 ? one : request.total();
    }

    private CompletableFuture<Void> endAfter(Duration duration) {
      CompletableFuture<Void> end = new CompletableFuture<>();
      var unused =
          end.orTimeout(duration.toNanos(), TimeUnit.NANOSECONDS)
              .whenComplete(
                  (nothing, timeout) -> {
                    if (timeout != null) {
                      late.set(true);
                      message.cancel();
                    }
                  });
      return end;
    }

    private Answer execute() throws IOException {
      URI uri = request.uri();
      return client.execute(
          new HttpHost(uri.getScheme(), uri.getHost(), uri.getPort()),
          message,
          context,
          response -> answer(response));
    }

    /** What cancelling causes in the library differs from place to place, checked or not. */
    private IOException failure(Exception e) {
      if (e instanceof ApacheClient.StaleConnectionException stale) {
        return stale;
      }
      if (e instanceof AnswerTooLargeException || e instanceof NotSentException) {
        return (IOException) e;
      }
      IOException reason;
      if (Thread.currentThread().isInterrupted()) {
        reason = new InterruptedIOException("the calling thread was interrupted");
      } else if (e instanceof ConnectionRequestTimeoutException) {
        reason =
            new SocketTimeoutException(
                "all connections are in use, see http.maxConnections ("
                    + settings.maxConnections()
                    + ")");
      } else if (late.get() || isSilentToTheEnd(e)) {
        reason = new SocketTimeoutException("no complete answer in time");
      } else if (e instanceof IOException io) {
        reason = io;
      } else if (message.isCancelled() || e instanceof IllegalStateException) {
        reason = new IOException("the client was closed");
      } else {
        throw (RuntimeException) e;
      }
      if (reason != e) {
        reason.addSuppressed(e);
      }
      return ApacheClient.wasSent(context)
          ? reason
          : new NotSentException(String.valueOf(reason.getMessage()), reason);
    }

    /** Where silence may last as long as everything, either time may be over first. */
    private boolean isSilentToTheEnd(Exception e) {
      return e instanceof SocketTimeoutException
          && ApacheClient.wasSent(context)
          && request.responseTimeout().compareTo(request.total()) >= 0;
    }

    private Answer answer(ClassicHttpResponse response) throws IOException {
      Header retryAfter = response.getFirstHeader("Retry-After");
      HttpEntity entity = response.getEntity();
      byte[] body = entity == null ? new byte[0] : body(entity, response.getCode());
      return new Answer(
          response.getCode(), Octets.of(body), retryAfter == null ? null : retryAfter.getValue());
    }

    private byte[] body(HttpEntity entity, int status) throws IOException {
      BodyReader reader = status / 100 == 2 ? request.reader() : null;
      // The stream's close would read on to the end, so as to keep the connection.
      try (InputStream in =
          new LimitedStream(
              entity.getContent(),
              reader == null ? "http.maxResponseBytes" : "any list",
              reader == null ? settings.maxResponseBytes() : LONGEST_LIST,
              message::cancel)) {
        if (reader == null) {
          return in.readAllBytes();
        }
        reader.read(in);
        return new byte[0];
      }
    }
  }

  /** Closes the connections. */
  @Override
  public void close() {
    client.close(CloseMode.GRACEFUL);
  }
}
