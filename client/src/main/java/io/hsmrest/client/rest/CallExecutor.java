package io.hsmrest.client.rest;

import io.hsmrest.client.ApiKeyRole;
import io.hsmrest.client.FlightRecorder;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmConnectionException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmLogger;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.HttpSettings;
import io.hsmrest.client.Sleeper;
import io.hsmrest.client.model.Octets;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls until one is answered: other endpoints, other API keys, repetitions with pauses,
 * within one deadline. What is not safe to repeat is sent again only when it provably never left,
 * or was refused for a credential. Thread-safe.
 */
final class CallExecutor {
  private static final System.Logger LOG = HsmLogger.of("io.hsmrest.client");

  private final HsmClientConfig config;
  private final HttpTransport transport;
  private final Endpoints endpoints;
  private final Clock clock;
  private final Sleeper sleeper;
  private final Backoff backoff;
  private final Map<ApiKeyRole, AtomicInteger> acceptedKeys = new EnumMap<>(ApiKeyRole.class);

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
    for (ApiKeyRole role : ApiKeyRole.values()) {
      acceptedKeys.put(role, new AtomicInteger());
    }
  }

  /**
   * A success.
   *
   * @param endpoint who answered
   * @param status the HTTP status
   * @param body what was answered, possibly empty
   */
  record Success(URI endpoint, int status, Octets body) {}

  /** One call with what its attempts share. */
  private record Execution(
      Call call, @Nullable Octets body, Credentials credentials, Instant deadline) {}

  /** The shorter of a duration and {@code http.deadline}. */
  Duration atMost(Duration longest) {
    Duration deadline = config.http().deadline();
    return deadline.compareTo(longest) < 0 ? deadline : longest;
  }

  Success execute(Call call) throws HsmException {
    return execute(call, () -> endpoints.inOrder(null));
  }

  /** Asks {@code first} before the others, unless it is null or does not answer at present. */
  Success execute(Call call, @Nullable URI first) throws HsmException {
    return execute(call, () -> endpoints.inOrder(first));
  }

  /** Asks this endpoint and no other one. */
  Success executeAt(Call call, URI only) throws HsmException {
    return execute(call, () -> List.of(only));
  }

  private Success execute(Call call, Supplier<List<URI>> order) throws HsmException {
    Duration time = Objects.requireNonNullElse(call.deadline(), config.http().deadline());
    Execution execution =
        new Execution(
            call,
            call.body() == null ? null : Octets.of(JsonMapping.write(call.body())),
            new Credentials(
                config.authentication(),
                call.role(),
                Objects.requireNonNull(acceptedKeys.get(call.role()))),
            clock.instant().plus(time));
    int attempt = 1;
    while (true) {
      Attempt last = atOneOf(order.get(), execution);
      if (last.success() != null) {
        return last.success();
      }
      Duration pause = backoff.after(attempt, last.retryAfter());
      boolean inTime = clock.instant().plus(pause).isBefore(execution.deadline());
      if (!last.repeatable() || attempt >= config.retryMaxAttempts() || !inTime) {
        throw last.failure().apply(attempt);
      }
      LOG.log(
          System.Logger.Level.DEBUG,
          "attempt {0} of {1} failed, next in {2} ms",
          attempt,
          call.description(),
          pause.toMillis());
      pause(call, last, attempt, pause);
      attempt++;
    }
  }

  /** One round through the endpoints; moves on where that is safe. */
  private Attempt atOneOf(List<URI> order, Execution execution) throws HsmException {
    Attempt unanswered = null;
    Attempt missing = null;
    for (URI endpoint : order) {
      if (unanswered != null && isOver(execution)) {
        return unanswered;
      }
      Attempt attempt = at(endpoint, execution);
      if (attempt.endpointFailed()) {
        if (endpoints.failed(endpoint)) {
          LOG.log(
              System.Logger.Level.WARNING,
              "{0} does not answer; asking the other endpoints first for {1} s",
              endpoint,
              Endpoints.PAUSE.toSeconds());
        }
        unanswered = attempt;
        if (!attempt.repeatable()) {
          return attempt;
        }
      } else if (attempt.missingHere()) {
        endpoints.answered(endpoint);
        missing = attempt;
      } else {
        endpoints.answered(endpoint);
        return attempt;
      }
    }
    // What is missing at those who answered may be at those who did not.
    if (unanswered != null) {
      return unanswered;
    }
    if (missing != null) {
      return missing;
    }
    throw new HsmConfigurationException("no endpoint is configured");
  }

  /** One endpoint, with one credential after the other. */
  private Attempt at(URI endpoint, Execution execution) throws HsmException {
    Call call = execution.call();
    Credentials credentials = execution.credentials();
    while (true) {
      HttpTransport.Answer answer;
      try {
        answer = send(endpoint, execution);
      } catch (IOException e) {
        return unanswered(call, where(endpoint), e);
      }
      if (answer.status() / 100 == 2) {
        credentials.accepted();
        return Attempt.success(new Success(endpoint, answer.status(), answer.body()));
      }
      HsmResponseException refusal = Refusals.of(call, answer, credentials::redact);
      boolean more = credentials.advance(answer.status(), refusal.error().code());
      if (!more || isOver(execution)) {
        return Attempt.refused(call, where(endpoint), answer, refusal);
      }
    }
  }

  private HttpTransport.Answer send(URI endpoint, Execution execution)
      throws IOException, HsmException {
    Call call = execution.call();
    HttpTransport.Request request = request(endpoint, execution);
    CallEvent event = FlightRecorder.IS_PRESENT ? CallEvent.begun() : null;
    long began = System.nanoTime();
    int status = 0;
    try {
      HttpTransport.Answer answer = OwnCalls.mark(() -> transport.send(request));
      status = answer.status();
      return answer;
    } finally {
      LOG.log(
          System.Logger.Level.DEBUG,
          "{0}: {1} in {2} ms",
          call,
          status,
          (System.nanoTime() - began) / 1_000_000);
      if (event != null) {
        event.commit(call, endpoint, status);
      }
    }
  }

  private HttpTransport.Request request(URI endpoint, Execution execution) throws HsmException {
    Call call = execution.call();
    Duration left = Duration.between(clock.instant(), execution.deadline());
    Duration total = left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left;
    Duration response = config.http().responseTimeout();
    return new HttpTransport.Request(
        call.method(),
        URI.create(endpoint + call.path()),
        execution.credentials().headers(),
        execution.body(),
        response.compareTo(total) < 0 ? response : total,
        total,
        call.repeatable(),
        call.reader());
  }

  private static Attempt unanswered(Call call, Attempt.Place where, IOException e) {
    boolean notSent = e instanceof HttpTransport.NotSentException;
    if (Thread.currentThread().isInterrupted()) {
      return Attempt.interrupted(call, where, notSent, e);
    }
    if (e instanceof HttpTransport.AnswerTooLargeException) {
      return Attempt.tooLarge(call, where, e);
    }
    return notSent ? Attempt.notSent(call, where, e) : Attempt.lost(call, where, e);
  }

  private Attempt.Place where(URI endpoint) {
    HttpSettings.Proxy proxy = config.http().proxy();
    String through = proxy == null ? "" : " through proxy " + proxy.host() + ":" + proxy.port();
    return new Attempt.Place(endpoint, endpoint + through);
  }

  private boolean isOver(Execution execution) {
    return !clock.instant().isBefore(execution.deadline());
  }

  private void pause(Call call, Attempt last, int attempt, Duration pause) throws HsmException {
    try {
      sleeper.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      HsmException failure = last.failure().apply(attempt);
      @Nullable HsmConnectionException lost =
          failure instanceof HsmConnectionException l ? l : null;
      HsmConnectionException interrupted =
          new HsmConnectionException(
              call.description() + " was interrupted between two attempts",
              attempt,
              lost != null && lost.maybeExecuted(),
              lost == null ? null : lost.endpoint().orElse(null),
              failure);
      interrupted.addSuppressed(e);
      throw interrupted;
    }
  }
}
