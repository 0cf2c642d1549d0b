package io.hsmrest.simulator.approver;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.http.Handler;
import io.hsmrest.simulator.http.Request;
import io.hsmrest.simulator.http.Responder;
import io.hsmrest.simulator.http.Response;
import io.hsmrest.simulator.json.Fields;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.operation.Hsm;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * The approver's page below {@code /approver}: one HTML file without external resources, and the
 * three calls it makes.
 */
public final class ApproverPage implements Handler {
  /** Where it is. */
  public static final String PATH = "/approver";

  private final Approvers approvers;
  private final TaskView view;
  private final byte[] html;

  /** A page for those approvers. */
  public ApproverPage(Hsm hsm, Approvers approvers) {
    this.approvers = approvers;
    this.view = new TaskView(hsm);
    try (InputStream in = ApproverPage.class.getResourceAsStream("approver.html")) {
      if (in == null) {
        throw new IllegalStateException("approver.html is missing");
      }
      html = in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void handle(Request request, Responder responder) {
    try {
      responder.send(answer(request));
    } catch (ServiceRefusal | IllegalArgumentException e) {
      responder.send(json(400, Json.object().put("message", e.getMessage())));
    }
  }

  private Response answer(Request request) {
    return switch (request.method() + " " + request.path()) {
      case "GET /approver", "GET /approver/" ->
          Response.of(200, "text/html; charset=utf-8", html)
              .with(
                  "Content-Security-Policy",
                  "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline';"
                      + " connect-src 'self'; img-src data:");
      case "GET /approver/approvers" -> json(200, names());
      case "GET /approver/tasks" -> json(200, tasks(request));
      case "POST /approver/approve" -> answered(request, true);
      case "POST /approver/reject" -> answered(request, false);
      default -> json(404, Json.object().put("message", "There is no such page."));
    };
  }

  private ObjectNode names() {
    ObjectNode out = Json.object();
    ArrayNode array = out.putArray("approvers");
    for (String name : approvers.names()) {
      array.addObject().put("name", name).put("publicKey", approvers.publicKey(name));
    }
    return out;
  }

  private ObjectNode tasks(Request request) {
    String query = request.query();
    if (!query.startsWith("approver=")) {
      throw new IllegalArgumentException("which approver?");
    }
    String name = URLDecoder.decode(query.substring("approver=".length()), StandardCharsets.UTF_8);
    ObjectNode out = Json.object();
    ArrayNode tasks = out.putArray("tasks");
    approvers.tasks(name).forEach(found -> tasks.add(view.of(found)));
    return out;
  }

  /** Only JSON is taken, which a page of another origin cannot send without being asked. */
  private Response answered(Request request, boolean approved) {
    String type = request.header("Content-Type");
    if (type == null || !type.startsWith("application/json")) {
      return json(415, Json.object().put("message", "JSON is wanted."));
    }
    Fields in = Fields.of(request.body(), false);
    UUID id = UUID.fromString(in.text("requestId"));
    String name = in.text("approver");
    in.end();
    var after = approved ? approvers.approve(id, name) : approvers.reject(id, name);
    return json(200, Json.object().put("status", after.status().name()));
  }

  private static Response json(int status, ObjectNode body) {
    return Response.json(status, Json.bytes(body)).with("Cache-Control", "no-store");
  }
}
