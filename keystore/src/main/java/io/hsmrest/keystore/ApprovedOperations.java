package io.hsmrest.keystore;

import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.InsufficientApprovalsException;
import io.hsmrest.client.approval.ApprovedOperation;
import io.hsmrest.client.approval.ApprovedRequests;
import io.hsmrest.client.approval.PendingApproval;
import io.hsmrest.client.model.Policy;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.rest.ApprovalNotice;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Uses a key the way the key needs it: at once for a plain key, as a request that people approve
 * for a gated one. Thread-safe.
 */
final class ApprovedOperations {
  private final HsmClient client;
  private final ApprovedRequests requests;
  private final ApprovalSettings settings;

  ApprovedOperations(HsmClient client, ApprovedRequests requests, ApprovalSettings settings) {
    this.client = client;
    this.requests = requests;
    this.settings = settings;
  }

  <T> T run(KeyUse<T> use) throws HsmException {
    return requests.run(new Operation<>(use));
  }

  /** The same without a thread that waits for people; calls of the service run on the executor. */
  <T> CompletableFuture<T> runLater(KeyUse<T> use, Executor executor) {
    return requests.runLater(new Operation<>(use), executor);
  }

  /** One use of a key; learns on the way whether people have to approve it. */
  private final class Operation<T> implements ApprovedOperation<T> {
    private final KeyUse<T> use;
    private final KeyUse.Description what;
    private @Nullable Policy policy;

    Operation(KeyUse<T> use) {
      this.use = use;
      this.what = use.description();
      this.policy = what.policy();
    }

    @Override
    public Optional<T> runDirectly() throws HsmException {
      if (policy != null && policy.useRequiresApproval()) {
        if (policy.blocked()) {
          refuseIfStillBlocked();
        }
        return Optional.empty();
      }
      try {
        return Optional.of(use.direct());
      } catch (InsufficientApprovalsException e) {
        policy = policyNow(e);
        return Optional.empty();
      }
    }

    /** People would approve, and the HSM would refuse all the same. */
    private void refuseIfStillBlocked() throws HsmException {
      try {
        Policy now = client.readKey(what.label(), what.password()).policy();
        if (now != null && now.blocked()) {
          throw new HsmException(
              "key '" + what.label() + "' is blocked, so nobody was asked; unblock it first", null);
        }
        policy = now;
      } catch (AuthenticationException e) {
        // Whoever may not read it asks with what is known.
      }
    }

    /**
     * The policy may have been tightened since the key was read, or could never be read: a program
     * that may use a key and read none learns that it is gated from this refusal.
     */
    private @Nullable Policy policyNow(InsufficientApprovalsException refusal) throws HsmException {
      try {
        Policy now = client.readKey(what.label(), what.password()).policy();
        if (now == null || !now.useRequiresApproval()) {
          throw refusal;
        }
        return now;
      } catch (AuthenticationException e) {
        return null;
      }
    }

    @Override
    public PendingApproval pending(String requestId) {
      return new PendingApproval(requestId, what.label(), what.operation(), policy);
    }

    @Override
    public String submit() throws HsmException {
      Map<String, String> details = new LinkedHashMap<>(use.details());
      details.putAll(settings.metadata());
      RequestMetadata metadata =
          new ApprovalNotice(
                  Caller.APPLICATION, Caller.HOST, Caller.USER, what.operation(), details)
              .toMetadata(Instant.now());
      return use.submit(metadata);
    }

    @Override
    public T read(RequestStatus executed) throws HsmException {
      try {
        return use.read(executed.id(), executed.result());
      } catch (IllegalArgumentException e) {
        throw new HsmProtocolException(
            "the result of request " + executed.id() + " cannot be read: " + e.getMessage(), e);
      }
    }

    @Override
    public boolean isOurs(T result) {
      return use.isOurs(result);
    }

    @Override
    public boolean mayBeOurs(T result) {
      return use.mayBeOurs(result);
    }

    @Override
    public String identity() {
      return use.identity();
    }
  }
}
