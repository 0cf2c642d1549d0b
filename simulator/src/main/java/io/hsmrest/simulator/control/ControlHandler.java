package io.hsmrest.simulator.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.http.Handler;
import io.hsmrest.simulator.http.Request;
import io.hsmrest.simulator.http.Responder;
import io.hsmrest.simulator.http.Response;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The control endpoint below {@code /__simulator/}; only for callers on this machine. */
public final class ControlHandler implements Handler {
  /** Where it is. */
  public static final String PATH = "/__simulator/";

  private final RequestCounter counter;
  private final Faults faults;
  private final Runnable reset;

  /**
   * Controls.
   *
   * @param reset makes everything what it was at the start
   */
  public ControlHandler(RequestCounter counter, Faults faults, Runnable reset) {
    this.counter = counter;
    this.faults = faults;
    this.reset = reset;
  }

  @Override
  public void handle(Request request, Responder responder) {
    if (!responder.fromLoopback()) {
      responder.send(error(403, "The control endpoint is for this machine only."));
      return;
    }
    try {
      responder.send(answer(request));
    } catch (ServiceRefusal | IllegalArgumentException e) {
      responder.send(error(400, String.valueOf(e.getMessage())));
    }
  }

  private Response answer(Request request) {
    String call = request.method() + " " + request.path().substring(PATH.length());
    switch (call) {
      case "GET requests" -> {
        return Response.json(200, Json.bytes(requests()));
      }
      case "DELETE requests" -> counter.reset();
      case "GET faults" -> {
        return Response.json(200, Json.bytes(waiting()));
      }
      case "POST faults" -> faults.add(fault(Fields.of(request.body(), false)));
      case "DELETE faults" -> faults.clear();
      case "POST reset" -> reset.run();
      default -> {
        return error(404, "There is no such control.");
      }
    }
    return Response.empty(204);
  }

  private ObjectNode requests() {
    ObjectNode out = Json.object().put("total", counter.total());
    ObjectNode paths = out.putObject("paths");
    counter.byPath().forEach(paths::put);
    return out;
  }

  private JsonNode waiting() {
    ArrayNode out = Json.array();
    for (Fault fault : faults.waiting()) {
      out.addObject()
          .put("method", fault.method())
          .put("path", fault.path())
          .put("label", fault.label())
          .put("times", fault.times())
          .put("delayMillis", fault.delay().toMillis())
          .put("kind", fault.kind().name().toLowerCase(Locale.ROOT))
          .put("status", fault.status());
    }
    return out;
  }

  private static Fault fault(Fields in) {
    var fault =
        new Fault(
            in.optionalText("method"),
            Optional.ofNullable(in.optionalText("path")).orElse(""),
            in.optionalText("label"),
            Optional.ofNullable(in.optionalNumber("times")).orElse(1),
            Duration.ofMillis(Optional.ofNullable(in.optionalNumber("delayMillis")).orElse(0)),
            in.choice("kind", ControlHandler::kind).orElse(Fault.Kind.DELAY),
            Optional.ofNullable(in.optionalNumber("status")).orElse(503),
            Optional.ofNullable(in.optionalText("body")).orElse(""),
            Optional.ofNullable(in.optionalText("contentType")).orElse("text/plain"),
            in.optionalText("retryAfter"));
    in.end();
    return fault;
  }

  private static Optional<Fault.Kind> kind(String name) {
    return Arrays.stream(Fault.Kind.values())
        .filter(kind -> kind.name().equalsIgnoreCase(name))
        .findFirst();
  }

  private static Response error(int status, String message) {
    return Response.json(status, Json.bytes(Json.object().put("error", message)));
  }
}
