package io.hsmrest.simulator.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.auth.Access;
import io.hsmrest.simulator.config.Settings;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import io.hsmrest.simulator.http.Handler;
import io.hsmrest.simulator.http.Request;
import io.hsmrest.simulator.http.Responder;
import io.hsmrest.simulator.http.Response;
import io.hsmrest.simulator.json.Json;
import io.hsmrest.simulator.operation.Hsm;
import io.hsmrest.simulator.request.Tenant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Everything below {@code /v1/}. Thread-safe. */
public final class Api implements Handler {
  private static final System.Logger LOGGER = System.getLogger(Api.class.getName());

  private final Hsm hsm;
  private final List<Tenant> tenants;
  private final Access access;
  private final Executor slow;
  private final Routes routes = new Routes();
  private final StatusCodes statusCodes;

  /**
   * Serves partitions.
   *
   * @param slow runs what takes long
   */
  public Api(Hsm hsm, List<Tenant> tenants, Access access, Executor slow) {
    this.hsm = hsm;
    this.tenants = List.copyOf(tenants);
    this.access = access;
    this.slow = slow;
    Settings settings = hsm.settings();
    this.statusCodes = new StatusCodes(settings.behaviour());
    Boolean deleteByPost = settings.behaviour().deleteKeyByPost();
    KeyEndpoints.addTo(
        routes, deleteByPost == null ? settings.version().isNewerThan22() : deleteByPost);
    SignEndpoints.addTo(routes);
    CertificateEndpoints.addTo(routes);
    CipherEndpoints.addTo(routes);
    PolicyEndpoints.addTo(routes);
    RequestEndpoints.addTo(routes);
    TaskEndpoints.addTo(routes, settings.behaviour().rejectMethods());
    ApproverManagementEndpoints.addTo(routes);
    DataObjectEndpoints.addTo(routes);
    ServiceEndpoints.addTo(routes);
    LeftOut.addTo(routes);
  }

  @Override
  public void handle(Request request, Responder responder) {
    String partition;
    Routes.Match match;
    try {
      if (!request.path().startsWith("/v1/")) {
        responder.send(SpringError.notFound(request, hsm.now()));
        return;
      }
      partition = access.check(request);
      match = routes.find(request.method(), request.path());
    } catch (ServiceRefusal refusal) {
      responder.send(refused(refusal));
      return;
    }
    if (match == null) {
      responder.send(SpringError.noRoute(request, routes.methods(request.path()), hsm.now()));
    } else if (!isJson(request)) {
      responder.send(SpringError.unsupportedMediaType(request, hsm.now()));
    } else if (match.route().slow()) {
      slow.execute(() -> responder.send(answer(request, partition, match)));
    } else {
      responder.send(answer(request, partition, match));
    }
  }

  private Response answer(Request request, @Nullable String partition, Routes.Match match) {
    List<Tenant> reachable =
        partition == null
            ? tenants
            : tenants.stream()
                .filter(tenant -> tenant.partition().name().equals(partition))
                .toList();
    try {
      Reply reply =
          match.route().endpoint().answer(new Call(hsm, reachable, request, match.variable()));
      return reply.toResponse(statusCodes.of(request.method(), reply));
    } catch (ServiceRefusal refusal) {
      return refused(refusal);
    } catch (RuntimeException e) {
      LOGGER.log(System.Logger.Level.ERROR, request.method() + " " + request.path(), e);
      return Response.json(
          500, Json.bytes(Json.object().put("message", "An unexpected error occurred.")));
    }
  }

  private static Response refused(ServiceRefusal refusal) {
    ObjectNode body =
        Json.object()
            .put("errorCode", refusal.errorCode())
            .put("reason", refusal.reason().text())
            .put("message", refusal.getMessage());
    return Response.json(refusal.httpStatus(), Json.bytes(body));
  }

  private static boolean isJson(Request request) {
    if (request.body().length == 0) {
      return true;
    }
    String type = request.header("Content-Type");
    return type != null
        && (type.toLowerCase(Locale.ROOT).startsWith("application/json")
            || request.path().contains("ile")
                && type.toLowerCase(Locale.ROOT).startsWith("multipart/form-data"));
  }
}
