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

  /** The settings of signatures of the handle's session. */
  public SigningSettings settings() {
    return key.session().config().signing();
  }

  /**
   * Signs; blocks until people have approved where the key's policy asks for it.
   *
   * @param serviceAlgorithm the service's name, such as {@code NONESHA256_WITH_RSA} (contract 3.4)
   * @param payload message or digest, whichever the algorithm wants (contract 3.5)
   * @param purpose what approvers are told it is for, such as the JCA algorithm's name
   * @return the signature as the service encoded it, not checked
   */
  public RemoteSignature sign(String serviceAlgorithm, byte[] payload, String purpose)
      throws HsmException {
    // The encoding is left to the service: older ones do not know the field (contract U37).
    SignRequest request =
        new SignRequest(key.label(), key.password(), serviceAlgorithm, null, Octets.of(payload));
    ApprovedOperations.Operation operation =
        new ApprovedOperations.Operation(
            key.label(),
            key.policy(),
            key.password(),
            "sign",
            Map.of("algorithm", purpose, "digest", PayloadDigest.describe(request)));
    return key.session()
        .operations()
        .run(
            operation,
            () -> new RemoteSignature(key.session().client().sign(request), serviceAlgorithm, null),
            metadata -> key.session().client().submitSign(request, metadata),
            (requestId, result) -> {
              if (result == null || result.isEmpty()) {
                throw new HsmProtocolException(
                    "request "
                        + requestId
                        + " to sign with key '"
                        + key.label()
                        + "' is EXECUTED and carries no signature",
                    null);
              }
              return new RemoteSignature(Octets.ofBase64(result), serviceAlgorithm, requestId);
            });
  }

  /** Whether the service has signed with this algorithm before. */
  public boolean knows(String serviceAlgorithm) {
    return Boolean.TRUE.equals(memory().knows(serviceAlgorithm));
  }

  /** Whether the service has said that it does not know this algorithm. */
  public boolean lacks(String serviceAlgorithm) {
    return Boolean.FALSE.equals(memory().knows(serviceAlgorithm));
  }

  /** Notes whether the service knows an algorithm. */
  public void learn(String serviceAlgorithm, boolean known) {
    memory().learn(serviceAlgorithm, known);
  }

  /** Whether {@code sign.verify} wants the next signature of this algorithm checked. */
  public boolean isToBeChecked(String algorithm) {
    return switch (settings().verify()) {
      case ALWAYS -> true;
      case FIRST -> !memory().isChecked(key.label(), algorithm);
      case NEVER -> false;
    };
  }

  /** Notes that a signature was checked and is good. */
  public void wasChecked(String algorithm) {
    memory().checked(key.label(), algorithm);
  }

  /** For the message of a failure: what becomes of a key that has just been made; else empty. */
  public String leftBehind() {
    if (!memory().isNewWithoutCertificate(key.label())) {
      return "";
    }
    return "; key '"
        + key.label()
        + "' was created and stays in the HSM without a certificate: give it one with"
        + " KeyStore.setEntry(alias, new SelfSignRequest(...)) or"
        + " HsmCertificates.importCertificate, or delete it with keytool -delete and"
        + " keys.delete=allow";
  }

  private SigningMemory memory() {
    return key.session().signingMemory();
  }
}
