package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.SignRequest;
import java.util.Map;

/**
 * Signs with the key of one handle: the only door from {@code Signature} to the service.
 * Thread-safe.
 */
public final class HsmSigner {
  private final RemotePrivateKey key;

  private HsmSigner(RemotePrivateKey key) {
    this.key = key;
  }

  /** The signer of a handle. */
  public static HsmSigner of(HsmPrivateKey key) {
    return new HsmSigner((RemotePrivateKey) key);
  }

  /** The configuration of the handle's session. */
  public HsmRestConfig config() {
    return key.session().config();
  }

  /**
   * Signs; blocks until people have approved where the key's policy asks for it.
   *
   * @param what the service's algorithm and encoding
   * @param payload message or digest, whichever the algorithm wants
   * @param purpose what approvers are told it is for, such as the JCA algorithm's name
   * @return the signature as the service encoded it, not checked
   */
  public Octets sign(ServiceSignature what, byte[] payload, String purpose) throws HsmException {
    SignRequest request =
        new SignRequest(
            key.label(), key.password(), what.algorithm(), what.type(), Octets.of(payload));
    ApprovedOperations.Operation operation =
        new ApprovedOperations.Operation(
            key.label(), key.policy(), "sign", Map.of("algorithm", purpose));
    return key.session()
        .operations()
        .run(
            operation,
            () -> key.session().client().sign(request),
            metadata -> key.session().client().submitSign(request, metadata),
            result -> {
              if (result == null || result.isEmpty()) {
                throw new HsmProtocolException(
                    "the request to sign with key '"
                        + key.label()
                        + "' is EXECUTED and carries no signature",
                    null);
              }
              return Octets.ofBase64(result);
            });
  }
}
