package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.UnknownKeyException;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.SignRequest;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
   * @param form what the service is asked
   * @param purpose what approvers are told it is for, such as the JCA algorithm's name
   * @param beforeApproval runs before people are asked, and only then; what it throws ends this
   * @return the signature as the service encoded it, not checked
   */
  public RemoteSignature sign(SignatureForm form, String purpose, Runnable beforeApproval)
      throws HsmException {
    if (key.requiresApproval()) {
      beforeApproval.run();
    }
    try {
      return signNow(form, purpose, beforeApproval);
    } catch (UnknownKeyException e) {
      // Somebody else has deleted it: it is not to be found in what was read before.
      key.session().partition().forget(key.label());
      throw e;
    }
  }

  private RemoteSignature signNow(SignatureForm form, String purpose, Runnable beforeApproval)
      throws HsmException {
    SignRequest request =
        new SignRequest(
            key.label(),
            key.password(),
            form.serviceAlgorithm(),
            form.signatureType(),
            form.payload());
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
            () -> {
              Octets bytes = key.session().client().sign(request);
              memory().learnGate(key.label(), false);
              return new RemoteSignature(bytes, form.serviceAlgorithm(), null);
            },
            metadata -> {
              memory().learnGate(key.label(), true);
              beforeApproval.run();
              return key.session().client().submitSign(request, metadata);
            },
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
              return new RemoteSignature(
                  Octets.ofBase64(result), form.serviceAlgorithm(), requestId);
            });
  }

  /** Whether the service has signed with this algorithm before. */
  public boolean knows(String serviceAlgorithm) {
    return Boolean.TRUE.equals(memory().knows(known(serviceAlgorithm)));
  }

  /** Whether the service has said that it does not know this algorithm. */
  public boolean lacks(String serviceAlgorithm) {
    return Boolean.FALSE.equals(memory().knows(known(serviceAlgorithm)));
  }

  /** Notes whether the service knows an algorithm, null to ask again next time. */
  public void learn(String serviceAlgorithm, @Nullable Boolean known) {
    memory().learn(known(serviceAlgorithm), known);
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
    return key.session().newKeys().leftBehind(key.label());
  }

  /** Services learnt some algorithms for plain keys before they did for gated ones (contract 7). */
  private String known(String serviceAlgorithm) {
    return key.requiresApproval() ? serviceAlgorithm + " on gated keys" : serviceAlgorithm;
  }

  private SigningMemory memory() {
    return key.session().signingMemory();
  }
}
