package io.hsmrest.client.rest;

import io.hsmrest.client.ApiKeyRole;
import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.RequestQuery;
import io.hsmrest.client.UnknownRequestException;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.RequestSummary;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Requests that people approve: made once, then asked for where they were made. Thread-safe. */
final class RequestCalls {
  private static final int REMEMBERED = 100_000;
  private static final int NO_SUCH_REQUEST = 651;

  /** A look or a withdrawal that hangs keeps others waiting: it is given up. */
  private static final Duration LONGEST_LOOK = Duration.ofSeconds(15);

  private final CallExecutor calls;
  private final @Nullable RequestSigner signer;
  private final Map<String, URI> issuedBy =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, URI> eldest) {
          return size() > REMEMBERED;
        }
      };

  /** Signs what it asks for, unless {@code signer} is null. */
  RequestCalls(CallExecutor calls, @Nullable RequestSigner signer) {
    this.calls = calls;
    this.signer = signer;
  }

  /** Creates a request; the answer's one member of interest is its id. */
  String submit(String description, String path, Map<String, ?> body) throws HsmException {
    ApiKeyRole role =
        path.startsWith("/v1/certificate/") ? ApiKeyRole.CERTIFICATE : ApiKeyRole.KEY_OPERATION;
    Call call = Call.once(description, path, role, signer == null ? body : signer.signed(body));
    return Creation.run(
        calls,
        call,
        "approvers may be asked already; look at the open requests before you try again",
        success -> {
          String id = Answers.requestId(Answers.object(call, success));
          synchronized (issuedBy) {
            issuedBy.put(id, success.endpoint());
          }
          return id;
        });
  }

  RequestStatus read(String id) throws HsmException {
    Call call =
        Call.get("read request " + id, path(id), ApiKeyRole.KEY_OPERATION)
            .within(calls.atMost(LONGEST_LOOK))
            .atWhicheverEndpointKnows(NO_SUCH_REQUEST);
    CallExecutor.Success success = calls.execute(call, issuer(id));
    RequestStatus status = Answers.request(id, Answers.object(call, success));
    synchronized (issuedBy) {
      if (status.state().isTerminal()) {
        issuedBy.remove(id);
      } else {
        issuedBy.put(id, success.endpoint());
      }
    }
    return status;
  }

  /** What the service says to one that is finished is not specified, so it is looked at. */
  void cancel(String id) throws HsmException {
    Call call =
        Call.delete("cancel request " + id, path(id), ApiKeyRole.KEY_OPERATION)
            .within(calls.atMost(LONGEST_LOOK))
            .atWhicheverEndpointKnows(NO_SUCH_REQUEST);
    try {
      calls.execute(call, issuer(id));
    } catch (UnknownRequestException e) {
      return;
    } catch (AuthenticationException e) {
      throw e;
    } catch (HsmResponseException e) {
      if (!isOver(id, e)) {
        throw e;
      }
    }
  }

  private boolean isOver(String id, HsmResponseException refusal) {
    try {
      return read(id).state().isTerminal();
    } catch (UnknownRequestException e) {
      return true;
    } catch (HsmException e) {
      refusal.addSuppressed(e);
      return false;
    }
  }

  private static String path(String id) {
    return "/v1/request/" + PathSegment.of(id);
  }

  List<RequestSummary> list(Set<RequestState> states) throws HsmException {
    Map<String, RequestSummary> listed = new LinkedHashMap<>();
    scan(
        new RequestQuery(states, null, null),
        listed::clear,
        request -> listed.put(request.id(), request));
    return List.copyOf(listed.values());
  }

  /** The endpoint that answered. */
  URI scan(RequestQuery query, Runnable begun, Consumer<RequestSummary> each) throws HsmException {
    List<String> names =
        query.states().stream()
            .filter(state -> state != RequestState.UNKNOWN)
            .sorted()
            .map(Enum::name)
            .toList();
    Call asked =
        Call.repeatable(
            "list requests",
            "/v1/filteredRequests",
            ApiKeyRole.KEY_OPERATION,
            Map.of("requestStatusList", names));
    ListReader reader = new ListReader(asked.place(200), begun, each);
    Call call = asked.readBy(reader);
    Duration within = query.within();
    if (within != null) {
      call = call.within(calls.atMost(within));
    }
    URI only = query.endpoint();
    CallExecutor.Success success = only == null ? calls.execute(call) : calls.executeAt(call, only);
    reader.check(success);
    return success.endpoint();
  }

  private @Nullable URI issuer(String id) {
    synchronized (issuedBy) {
      return issuedBy.get(id);
    }
  }
}
