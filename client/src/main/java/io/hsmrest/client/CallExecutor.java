package io.hsmrest.client;

import io.hsmrest.client.model.Octets;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls until one is answered: other endpoints, other API keys, repetitions with pauses,
 * within one deadline. What is not safe to repeat is sent again only when it provably never left,
 * or was refused for a credential. Thread-safe.
 */
final class CallExecutor {
  private static final System.Logger LOG = System.getLogger("io.hsmrest.client");

  private final HsmClientConfig config;
  private final HttpTransport transport;
  private final Endpoints endpoints;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Backoff backoff;

  CallExecutor(
      HsmClientConfig config,
      HttpTransport transport,
      Clock clock,
      Sleeper sleeper,
      RandomGenerator random) {
    this.config = config;
    this.transport = transport;
    this.endpoints = new Endpoints(config.endpoints(), clock);
    this.clock = clock;
    this.sleeper = sleeper;
    this.backoff = new Backoff(clock, random);
  }

  /**
   * A success.
   *
   * @param endpoint who answered
   * @param body what was answered, possibly empty
   */
  record Success(URI endpoint, Octets body) {}

  Success execute(Call call) throws HsmException {
    return execute(call, null);
  }

  /** Asks {@code first} before the others, unless it is null. */
  Success execute(Call call, @Nullable URI first) throws HsmException {
    Octets body = call.body() == null ? null : Octets.of(JsonMapping.write(call.body()));
    Credentials credentials = new Credentials(config.authentication(), call.role());
    Instant deadline = clock.instant().plus(config.http().deadline());
    int attempt = 1;
    while (true) {
      List<URI> order = endpoints.inOrder(first);
      Attempt last = tryOnce(call, body, order, credentials, deadline);
      if (last.success() != null) {
        return last.success();
      }
      Duration pause = backoff.after(attempt, last.retryAfter());
      boolean inTime = clock.instant().plus(pause).isBefore(deadline);
      if (!last.repeatable() || attempt >= config.retryMaxAttempts() || !inTime) {
        throw last.failure(attempt);
      }
      LOG.log(
          System.Logger.Level.DEBUG,
          "attempt {0} of {1} failed, next in {2} ms",
          attempt,
          call.description(),
          pause.toMillis());
      pause(call, pause);
      attempt++;
    }
  }

  /** One round through the endpoints; moves on where that is safe. */
  private Attempt tryOnce(
      Call call, @Nullable Octets body, List<URI> order, Credentials credentials, Instant deadline)
      throws HsmException {
    Attempt last = null;
    for (URI endpoint : order) {
      last = tryAt(endpoint, call, body, credentials, deadline);
      if (last.success() != null) {
        endpoints.answered(endpoint);
        return last;
      }
      if (!last.endpointFailed()) {
        return last;
      }
      endpoints.failed(endpoint);
      if (!last.repeatable()) {
        return last;
      }
    }
    if (last == null) {
      throw new HsmConfigurationException("no endpoint is configured");
    }
    return last;
  }

  private Attempt tryAt(
      URI endpoint, Call call, @Nullable Octets body, Credentials credentials, Instant deadline)
      throws HsmException {
    while (true) {
      Duration left = Duration.between(clock.instant(), deadline);
      Duration timeout =
          left.compareTo(config.http().responseTimeout()) < 0
              ? left
              : config.http().responseTimeout();
      if (timeout.isNegative() || timeout.isZero()) {
        timeout = Duration.ofMillis(1);
      }
      HttpTransport.Request request =
          new HttpTransport.Request(
              call.method(),
              URI.create(endpoint + call.path()),
              credentials.headers(),
              body,
              timeout);
      HttpTransport.Answer answer;
      long began = System.nanoTime();
      try {
        answer = OwnCalls.mark(() -> transport.send(request));
      } catch (HttpTransport.NotSentException e) {
        return Attempt.notSent(call, endpoint, e);
      } catch (IOException e) {
        return Attempt.lost(call, endpoint, e);
      }
      LOG.log(
          System.Logger.Level.DEBUG,
          "{0} {1}: {2} in {3} ms",
          call.method(),
          call.path(),
          answer.status(),
          (System.nanoTime() - began) / 1_000_000);
      if (answer.status() / 100 == 2) {
        return Attempt.success(new Success(endpoint, answer.body()));
      }
      HsmResponseException refusal =
          Refusals.of(call, answer.status(), answer.body().toByteArray());
      boolean credentialRefused = answer.status() == 401 || refusal.error().code() == 631;
      if (!credentialRefused || !credentials.advance()) {
        return Attempt.refused(call, answer, refusal);
      }
    }
  }

  private void pause(Call call, Duration pause) throws HsmException {
    try {
      sleeper.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new HsmConnectionException(
          call.description() + " was interrupted between two attempts", 1, false, e);
    }
  }
}
