package io.hsmrest.simulator.control;

import io.hsmrest.simulator.http.Handler;
import io.hsmrest.simulator.http.Request;
import io.hsmrest.simulator.http.Responder;
import io.hsmrest.simulator.http.Response;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BiConsumer;

/** Counts requests and lets queued faults befall them before the true handler answers. */
public final class FaultyHandler implements Handler {
  private final Handler truth;
  private final RequestCounter counter;
  private final Faults faults;

  /** Stands in front of the true handler. */
  public FaultyHandler(Handler truth, RequestCounter counter, Faults faults) {
    this.truth = truth;
    this.counter = counter;
    this.faults = faults;
  }

  @Override
  public void handle(Request request, Responder responder) {
    counter.count(request.method(), request.path());
    Optional<Fault> fault = faults.take(request);
    if (fault.isEmpty()) {
      truth.handle(request, responder);
    } else if (fault.get().delay().isZero() || fault.get().kind() == Fault.Kind.DRIP) {
      befall(fault.get(), request, responder);
    } else {
      responder.later(fault.get().delay(), () -> befall(fault.get(), request, responder));
    }
  }

  private void befall(Fault fault, Request request, Responder responder) {
    switch (fault.kind()) {
      case DELAY -> truth.handle(request, responder);
      case ANSWER -> responder.send(answer(fault));
      case CUT_BEFORE -> responder.cut();
      case ANSWER_AFTER ->
          truth.handle(request, instead(responder, (out, truly) -> out.send(answer(fault))));
      case CUT_AFTER -> truth.handle(request, instead(responder, (out, truly) -> out.cut()));
      case HALF -> truth.handle(request, instead(responder, Responder::sendHalf));
      case DRIP ->
          truth.handle(request, instead(responder, (out, truly) -> out.drip(truly, fault.delay())));
    }
  }

  private static Response answer(Fault fault) {
    Response response = Response.text(fault.status(), fault.contentType(), fault.body());
    String retryAfter = fault.retryAfter();
    return retryAfter == null ? response : response.with("Retry-After", retryAfter);
  }

  /** A way back on which something else is done with the true answer. */
  private static Responder instead(Responder responder, BiConsumer<Responder, Response> send) {
    return new Responder() {
      @Override
      public void send(Response response) {
        send.accept(responder, response);
      }

      @Override
      public void sendHalf(Response response) {
        responder.sendHalf(response);
      }

      @Override
      public void drip(Response response, Duration pause) {
        responder.drip(response, pause);
      }

      @Override
      public void cut() {
        responder.cut();
      }

      @Override
      public void later(Duration delay, Runnable work) {
        responder.later(delay, work);
      }

      @Override
      public boolean fromLoopback() {
        return responder.fromLoopback();
      }
    };
  }
}
