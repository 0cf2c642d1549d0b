package io.hsmrest.simulator.http;

/** Answers requests. Called on the thread of the connection; slow work goes elsewhere. */
@FunctionalInterface
public interface Handler {
  /** Answers one request, now or later. */
  void handle(Request request, Responder responder);
}
