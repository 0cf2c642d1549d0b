package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.Policy;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.Secret;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One use of a key, in the form that a plain key takes and in the one that people approve.
 *
 * @param <T> the result
 */
interface KeyUse<T> {

  /**
   * What is done with which key.
   *
   * @param label the key
   * @param policy its policy as last read, null for a plain key and where it could not be read
   * @param password the key's own password, null for none
   * @param operation for people: {@code sign}, {@code self-sign}, {@code CSR}, {@code issue
   *     certificate}
   */
  record Description(
      String label, @Nullable Policy policy, @Nullable Secret password, String operation) {}

  /** What it is, for people. */
  Description description();

  /** What approvers are shown beside the usual; asked for only when there are any. */
  Map<String, String> details();

  /** Uses the key at once. */
  T direct() throws HsmException;

  /** Asks people; the request id. */
  String submit(RequestMetadata metadata) throws HsmException;

  /** Reads the result of an executed request. */
  T read(String requestId, @Nullable String result) throws HsmException;

  /** Whether a result is that of this use: of this key, over this content. */
  boolean isOurs(T result);

  /** Whether it stays open whose a result is; never when it shows that it is not of this use. */
  default boolean mayBeOurs(T result) {
    return isOurs(result);
  }

  /** Key, algorithm and content, the same in each process; never shown. */
  String identity();
}
