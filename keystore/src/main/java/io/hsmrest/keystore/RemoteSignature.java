package io.hsmrest.keystore;

import io.hsmrest.client.model.Octets;
import org.jspecify.annotations.Nullable;

/**
 * What the service answered to a request for a signature.
 *
 * @param bytes the signature as the service encoded it, not checked
 * @param serviceAlgorithm the service's name of the algorithm it was asked for
 * @param requestId the request that people approved, null where nobody had to
 */
public record RemoteSignature(Octets bytes, String serviceAlgorithm, @Nullable String requestId) {

  /** For messages: length, algorithm and request, nothing of the content. */
  public String describe() {
    return bytes
        + " ("
        + serviceAlgorithm
        + (requestId == null ? "" : ", request " + requestId)
        + ")";
  }
}
