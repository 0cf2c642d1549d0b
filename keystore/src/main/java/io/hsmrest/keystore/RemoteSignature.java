package io.hsmrest.keystore;

import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.SignAnswer;

/**
 * What the service answered to a request for a signature.
 *
 * @param bytes the signature as the service encoded it, not checked
 * @param serviceAlgorithm the service's name of the algorithm it was asked for
 * @param status how the service said that it is one, for messages: {@code HTTP 200}, or the request
 *     that people approved and its state
 */
public record RemoteSignature(Octets bytes, String serviceAlgorithm, String status) {

  /** The answer where nobody had to approve. */
  public static RemoteSignature direct(SignAnswer answer, String serviceAlgorithm) {
    return new RemoteSignature(answer.signature(), serviceAlgorithm, "HTTP " + answer.status());
  }

  /** The result of a request that people approved. */
  public static RemoteSignature executed(Octets bytes, String serviceAlgorithm, String requestId) {
    return new RemoteSignature(bytes, serviceAlgorithm, "request " + requestId + " EXECUTED");
  }

  /** For messages: length, algorithm and status, nothing of the content. */
  public String describe() {
    return bytes + " (" + serviceAlgorithm + ", " + status + ")";
  }
}
