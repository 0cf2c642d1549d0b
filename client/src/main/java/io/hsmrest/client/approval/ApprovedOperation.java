package io.hsmrest.client.approval;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.RequestStatus;
import java.util.Optional;

/**
 * One operation that people may have to approve: how to ask for it, and how to tell its result from
 * anybody else's. Used by one thread at a time.
 *
 * @param <T> the result
 */
public interface ApprovedOperation<T> {

  /**
   * Does it at once where nobody has to approve.
   *
   * @return empty when people have to
   */
  Optional<T> runDirectly() throws HsmException;

  /** What is waited for under a request id. */
  PendingApproval pending(String requestId);

  /** Creates the request; its id. */
  String submit() throws HsmException;

  /**
   * Reads the result of an executed request.
   *
   * @throws HsmException when there is none, or it cannot be read
   */
  T read(RequestStatus executed) throws HsmException;

  /**
   * Whether a result is that of this operation: a signature verifies over its payload, a
   * certificate carries its key and says what was asked for.
   */
  boolean isOurs(T result);

  /**
   * Whether a result that is not certainly this operation's may be it all the same: services leave
   * out some of what is asked for. Such a result is neither taken nor a reason to ask again.
   */
  default boolean mayBeOurs(T result) {
    return isOurs(result);
  }

  /**
   * Says the same for the same operation in whichever process: key, algorithm and payload. It goes
   * through a hash before it is written anywhere.
   */
  String identity();
}
