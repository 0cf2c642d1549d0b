package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.UnknownKeyException;
import io.hsmrest.client.approval.ApprovalCancelledException;
import io.hsmrest.client.approval.ApprovalFailedException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Predicate;
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
   * @param confirmed whether the public key confirms a signature over what is signed; asked where
   *     it is open whose a signature is
   * @param beforeApproval runs before people are asked, and only then; what it throws ends this
   * @return the signature as the service encoded it, not checked
   */
  public RemoteSignature sign(
      SignatureForm form,
      String purpose,
      Predicate<RemoteSignature> confirmed,
      Runnable beforeApproval)
      throws HsmException {
    if (key.requiresApproval()) {
      beforeApproval.run();
    }
    try {
      return key.session()
          .operations()
          .run(new SignatureUse(key, form, purpose, confirmed, beforeApproval));
    } catch (HsmException e) {
      forgetIfGone(e);
      throw e;
    }
  }

  /**
   * The same for servers that cannot block: no thread waits for people. Fails with what {@link
   * #sign} throws; cancelling the future gives up, as an interrupt does there.
   *
   * @param executor runs the calls of the service, each of which takes a network round trip; only
   *     an answer that was lost is searched for on another thread
   */
  public CompletableFuture<RemoteSignature> signAsync(
      SignatureForm form, String purpose, Predicate<RemoteSignature> confirmed, Executor executor) {
    CompletableFuture<RemoteSignature> signature =
        key.session()
            .operations()
            .runLater(new SignatureUse(key, form, purpose, confirmed, () -> {}), executor);
    var unused = signature.whenComplete((result, failure) -> forgetIfGone(failure));
    return signature;
  }

  /**
   * Somebody else has deleted it: it is not to be found in what was read before. After people have
   * approved in vain its policy may have changed.
   */
  private void forgetIfGone(@Nullable Throwable failure) {
    if (failure instanceof UnknownKeyException
        || failure instanceof ApprovalFailedException
        || failure instanceof ApprovalCancelledException) {
      key.session().partition().forget(key.label());
    }
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

  /**
   * Whether {@code sign.verify} wants the next signature of this algorithm checked.
   *
   * @param algorithm says the same for the same algorithm with the same parameters
   */
  public boolean isToBeChecked(String algorithm) {
    return switch (settings().verify()) {
      case ALWAYS -> true;
      case FIRST -> !memory().isChecked(fingerprint(), algorithm);
      case NEVER -> false;
    };
  }

  /** Notes that a signature was checked and is good. */
  public void wasChecked(String algorithm) {
    memory().checked(fingerprint(), algorithm);
  }

  /** A label may come to name another key. */
  private String fingerprint() {
    return JdkCrypto.sha256Hex(key.publicKey().getEncoded());
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
