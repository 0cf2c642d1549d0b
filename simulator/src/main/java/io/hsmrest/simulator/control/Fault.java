package io.hsmrest.simulator.control;

import io.hsmrest.simulator.http.Request;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong with the requests it matches. Immutable; made from one of the factories
 * and narrowed down or extended by the methods that return a changed copy.
 *
 * @param method only requests with this method; null is any
 * @param path only requests whose path begins so; empty is any
 * @param label only requests that name this label, in the path or as a JSON string; null is any
 * @param times how many requests it befalls
 * @param delay how long the request is held back before anything else
 * @param kind what happens then
 * @param status for {@link Kind#ANSWER} and {@link Kind#ANSWER_AFTER}: the status
 * @param body for the same: the body
 * @param contentType for the same: the content type
 * @param retryAfter value of the header Retry-After, or null
 */
public record Fault(
    @Nullable String method,
    String path,
    @Nullable String label,
    int times,
    Duration delay,
    Kind kind,
    int status,
    String body,
    String contentType,
    @Nullable String retryAfter) {

  /** Checks the ranges. */
  public Fault {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("status " + status + " is not between 200 and 599");
    }
    if (times < 1) {
      throw new IllegalArgumentException("times " + times + " is less than 1");
    }
    if (delay.isNegative()) {
      throw new IllegalArgumentException("the delay is negative");
    }
  }

  /** What happens to a request. */
  public enum Kind {
    /** Nothing but the delay. */
    DELAY,
    /** Another answer is given; the request has no effect. */
    ANSWER,
    /** Another answer is given; the request has its effect. */
    ANSWER_AFTER,
    /** The connection is cut; the request has no effect. */
    CUT_BEFORE,
    /** The connection is cut; the request has its effect. */
    CUT_AFTER,
    /** Half of the true answer is sent, then the connection is cut. */
    HALF,
    /** The true answer drips, a sixteenth of it with each delay. */
    DRIP
  }

  /** The connection is cut before the request has an effect. */
  public static Fault cutBefore() {
    return of(Kind.CUT_BEFORE);
  }

  /** The connection is cut after the request has had its effect. */
  public static Fault cutAfter() {
    return of(Kind.CUT_AFTER);
  }

  /** Half of the true answer is sent. */
  public static Fault half() {
    return of(Kind.HALF);
  }

  /** The true answer comes late. */
  public static Fault delayed(Duration delay) {
    return of(Kind.DELAY).after(delay);
  }

  /** The true answer drips, a sixteenth of it with each pause. */
  public static Fault drip(Duration pause) {
    return of(Kind.DRIP).after(pause);
  }

  /** Another answer, without effect. */
  public static Fault answer(int status, String contentType, String body) {
    return answerOf(Kind.ANSWER, status, contentType, body);
  }

  /** Another answer after the request has had its effect, as from a gateway that gave up. */
  public static Fault answerAfter(int status, String contentType, String body) {
    return answerOf(Kind.ANSWER_AFTER, status, contentType, body);
  }

  private static Fault of(Kind kind) {
    return answerOf(kind, 503, "text/plain", "");
  }

  private static Fault answerOf(Kind kind, int status, String contentType, String body) {
    return new Fault(null, "", null, 1, Duration.ZERO, kind, status, body, contentType, null);
  }

  /** Only for requests with that method and a path that begins so. */
  public Fault on(String newMethod, String newPath) {
    return new Fault(
        newMethod, newPath, label, times, delay, kind, status, body, contentType, retryAfter);
  }

  /** Only for requests that name this label. */
  public Fault forLabel(String newLabel) {
    return new Fault(
        method, path, newLabel, times, delay, kind, status, body, contentType, retryAfter);
  }

  /** For that many requests. */
  public Fault times(int newTimes) {
    return new Fault(
        method, path, label, newTimes, delay, kind, status, body, contentType, retryAfter);
  }

  /** With a delay before. */
  public Fault after(Duration newDelay) {
    return new Fault(
        method, path, label, times, newDelay, kind, status, body, contentType, retryAfter);
  }

  /** With the header Retry-After, in seconds or as a date. */
  public Fault retryAfter(String value) {
    return new Fault(method, path, label, times, delay, kind, status, body, contentType, value);
  }

  boolean matches(Request request) {
    return (method == null || method.equals(request.method()))
        && request.path().startsWith(path)
        && (label == null || names(request, label));
  }

  private static boolean names(Request request, String label) {
    String encoded = URLEncoder.encode(label, StandardCharsets.UTF_8).replace("+", "%20");
    return request.path().endsWith("/" + label)
        || request.path().endsWith("/" + encoded)
        || request.bodyText().contains("\"" + label + "\"");
  }
}
