package io.hsmrest.keystore;

import io.hsmrest.client.ApprovalNotice;
import io.hsmrest.client.ApprovalSettings;
import io.hsmrest.client.ApprovalWaiter;
import io.hsmrest.client.AuthenticationException;
import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.InsufficientApprovalsException;
import io.hsmrest.client.PendingApproval;
import io.hsmrest.client.model.Policy;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.RequestStatus;
import io.hsmrest.client.model.Secret;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs an operation with a key the way the key needs it: at once for a plain key, as a request that
 * people approve for a gated one. Thread-safe.
 */
final class ApprovedOperations {

  /** The direct form of an operation. */
  @FunctionalInterface
  interface Direct<T> {
    T run() throws HsmException;
  }

  /** The form of an operation that people approve; answers with the request id. */
  @FunctionalInterface
  interface Submitted {
    String submit(RequestMetadata metadata) throws HsmException;
  }

  /** Reads the result of an executed request. */
  @FunctionalInterface
  interface Result<T> {
    T read(String requestId, @Nullable String result) throws HsmException;
  }

  /**
   * What is done with which key.
   *
   * @param label the key
   * @param policy its policy as last read, null for a plain key and where it could not be read
   * @param password the key's own password, null for none
   * @param operation for people: {@code sign}, {@code self-sign}, {@code CSR}, {@code issue
   *     certificate}
   * @param details what approvers are shown beside the usual
   */
  record Operation(
      String label,
      @Nullable Policy policy,
      @Nullable Secret password,
      String operation,
      Map<String, String> details) {}

  private final HsmClient client;
  private final ApprovalWaiter waiter;
  private final ApprovalSettings settings;

  ApprovedOperations(HsmClient client, ApprovalWaiter waiter, ApprovalSettings settings) {
    this.client = client;
    this.waiter = waiter;
    this.settings = settings;
  }

  <T> T run(Operation operation, Direct<T> direct, Submitted submitted, Result<T> result)
      throws HsmException {
    Policy policy = operation.policy();
    if (policy == null || !policy.useRequiresApproval()) {
      try {
        return direct.run();
      } catch (InsufficientApprovalsException e) {
        policy = policyNow(operation, e);
      }
    }
    String requestId = submitted.submit(notice(operation).toMetadata(Instant.now()));
    RequestStatus status =
        waiter.await(
            new PendingApproval(requestId, operation.label(), operation.operation(), policy));
    try {
      return result.read(requestId, status.result());
    } catch (IllegalArgumentException e) {
      throw new HsmProtocolException(
          "the result of request " + requestId + " cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * The policy may have been tightened since the key was read, or could never be read: a program
   * that may use a key and read none learns that it is gated from this refusal.
   */
  private @Nullable Policy policyNow(Operation operation, InsufficientApprovalsException refusal)
      throws HsmException {
    try {
      Policy policy = client.readKey(operation.label(), operation.password()).policy();
      if (policy == null || !policy.useRequiresApproval()) {
        throw refusal;
      }
      return policy;
    } catch (AuthenticationException e) {
      return null;
    }
  }

  private ApprovalNotice notice(Operation operation) {
    Map<String, String> details = new LinkedHashMap<>(operation.details());
    details.putAll(settings.metadata());
    return new ApprovalNotice(
        Caller.APPLICATION, Caller.HOST, Caller.USER, operation.operation(), details);
  }
}
