package io.hsmrest.simulator.http;

import java.time.Duration;

/**
 * The way back to the caller of one request. Exactly one of the ending methods is called, from any
 * thread: {@link #send}, {@link #sendHalf}, {@link #drip} or {@link #cut}.
 */
public interface Responder {
  /** Sends the answer. */
  void send(Response response);

  /** Sends the head and the first half of the body, then closes the connection. */
  void sendHalf(Response response);

  /** Sends the head at once and the body in small pieces, one every {@code pause}. */
  void drip(Response response, Duration pause);

  /** Closes the connection without an answer. */
  void cut();

  /** Runs something later, on the thread of this connection. */
  void later(Duration delay, Runnable work);

  /** Whether the caller's address is a loopback address. */
  boolean fromLoopback();
}
