package io.hsmrest.provider;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.client.approval.ApprovalFailedException;
import io.hsmrest.client.approval.Cancellation;
import io.hsmrest.keystore.HsmSigner;
import io.hsmrest.keystore.RemoteSignature;
import io.hsmrest.keystore.SignatureForm;
import java.security.SignatureException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One signature asked of the service: in the preferred form, and where the service turns out not to
 * know that, in the next best, which is remembered. Used once.
 */
final class SigningRequest {
  /**
   * How services say that they do not know an algorithm or an encoding: the contract's 600, 607,
   * 611, 635, 501 and 101.
   */
  private static final Set<Integer> NOT_KNOWN = Set.of(600, 607, 611, 635, 501, 101);

  private final HsmSigner signer;
  private final String purpose;
  private final SignatureForm preferred;
  private final @Nullable Fallback other;
  private final AnswerCheck check;
  private boolean fellBack;

  /** Makes a form when it is needed. */
  @FunctionalInterface
  interface FormSource {
    SignatureForm form() throws SignatureException;
  }

  /**
   * The next best form.
   *
   * @param source makes it
   * @param advice what follows from a failure of the preferred form that may have been for not
   *     knowing it, empty for nothing
   */
  record Fallback(FormSource source, String advice) {}

  /**
   * A request.
   *
   * @param purpose what approvers are told it is for
   * @param other null for none
   * @param check lets out what is a signature of the key over what is signed
   */
  SigningRequest(
      HsmSigner signer,
      String purpose,
      SignatureForm preferred,
      @Nullable Fallback other,
      AnswerCheck check) {
    this.signer = signer;
    this.purpose = purpose;
    this.preferred = preferred;
    this.other = other;
    this.check = check;
  }

  /**
   * The signature, in the encoding of the JCA name.
   *
   * @param beforeApproval runs before people are asked, and only then
   */
  byte[] run(Runnable beforeApproval) throws HsmException, SignatureException {
    return check.accept(answer(beforeApproval));
  }

  private RemoteSignature answer(Runnable beforeApproval) throws HsmException, SignatureException {
    if (other == null || !isLacking()) {
      try {
        return known(ask(preferred, beforeApproval));
      } catch (HsmResponseException refusal) {
        if (other == null || !saysUnknown(refusal)) {
          throw refusal;
        }
        try {
          return fellBack(ask(form(other), beforeApproval));
        } catch (HsmException | SignatureException e) {
          e.addSuppressed(refusal);
          throw e;
        }
      }
    }
    return ask(form(other), beforeApproval);
  }

  private SignatureForm form(Fallback fallback) throws SignatureException {
    fellBack = true;
    return fallback.source().form();
  }

  /** For the message of a failure: what else its reason may be, beginning with a semicolon. */
  String advice(HsmException failure) {
    // A service that checks the form at the creation of a request has said so in another way.
    return other != null && !fellBack && failure instanceof ApprovalFailedException
        ? other.advice()
        : "";
  }

  private RemoteSignature ask(SignatureForm form, Runnable beforeApproval) throws HsmException {
    return signer.sign(form, purpose, check::isConfirmed, beforeApproval);
  }

  /** The same without a waiting thread; fails with what {@link #run} throws. */
  CompletableFuture<byte[]> runLater(Executor executor) {
    CompletableFuture<byte[]> signature = new CompletableFuture<>();
    try {
      if (other != null && isLacking()) {
        follow(signature, askLater(form(other), executor), null);
      } else {
        follow(signature, askLater(preferred, executor), executor);
      }
    } catch (SignatureException e) {
      signature.completeExceptionally(e);
    }
    return signature;
  }

  private CompletableFuture<RemoteSignature> askLater(SignatureForm form, Executor executor) {
    return signer.signAsync(form, purpose, check::isConfirmed, executor);
  }

  /**
   * Hands an answer on when it is there, and a cancellation back.
   *
   * @param fallsBack runs the next best form, null after it
   */
  private void follow(
      CompletableFuture<byte[]> signature,
      CompletableFuture<RemoteSignature> answer,
      @Nullable Executor fallsBack) {
    var unused =
        answer.whenComplete(
            (signed, failure) -> {
              try {
                if (failure == null) {
                  signature.complete(
                      check.accept(fallsBack == null ? fellBack(signed) : known(signed)));
                } else if (fallsBack != null
                    && other != null
                    && failure instanceof HsmResponseException refusal
                    && saysUnknown(refusal)) {
                  follow(signature, askLater(form(other), fallsBack), null);
                } else {
                  signature.completeExceptionally(failure);
                }
              } catch (Throwable e) {
                // Whatever it is, a future that is never done would be worse.
                signature.completeExceptionally(e);
              }
            });
    Cancellation.handOn(signature, answer);
  }

  private boolean isLacking() {
    return signer.lacks(preferred.serviceAlgorithm());
  }

  private static boolean saysUnknown(HsmResponseException refusal) {
    return NOT_KNOWN.contains(refusal.error().code());
  }

  private RemoteSignature known(RemoteSignature answer) {
    if (other != null) {
      signer.learn(preferred.serviceAlgorithm(), true);
    }
    return answer;
  }

  private RemoteSignature fellBack(RemoteSignature answer) {
    signer.learn(preferred.serviceAlgorithm(), false);
    return answer;
  }
}
