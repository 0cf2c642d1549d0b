package io.hsmrest.provider;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.approval.Cancellation;
import io.hsmrest.keystore.CallingFrames;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.HsmSigner;
import io.hsmrest.keystore.SigningSettings;
import java.security.ProviderException;
import java.security.SignatureException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Signs with a key of the HSM: hashes here, sends the digest, lets nothing out that the public key
 * does not confirm. One request per signature; where a service turns out not to know a form, the
 * next best is asked for, and that is remembered.
 */
final class RemoteSigning implements SignatureMode {
  private final SignatureAlgorithm algorithm;
  private final HsmPrivateKey key;
  private final HsmSigner signer;
  private final SigningForms forms;
  private MessageInput input;

  /**
   * Signs with {@code key}, which the algorithm has accepted.
   *
   * @param hash the hash of the name or of its parameters; null for raw input and for schemes that
   *     hash inside
   */
  RemoteSigning(SignatureAlgorithm algorithm, @Nullable Hash hash, HsmPrivateKey key) {
    this.algorithm = algorithm;
    this.key = key;
    this.signer = HsmSigner.of(key);
    this.forms = new SigningForms(algorithm, hash, key, signer);
    this.input = forms.newInput();
  }

  @Override
  public void update(byte[] bytes, int offset, int count) {
    input.update(bytes, offset, count);
  }

  /** Nobody shall have approved, and no request be used up, for what does not fit in the end. */
  @Override
  public void checkRoom(int length) throws SignatureException {
    int longest = SignatureLength.longest(algorithm, key);
    if (length < longest) {
      input = forms.newInput();
      throw new SignatureException(
          algorithm.jcaName()
              + " with key '"
              + key.label()
              + "': a signature has up to "
              + longest
              + " bytes and there is room for "
              + length
              + " bytes, so the service was not asked");
    }
  }

  @Override
  public byte[] sign() throws SignatureException {
    SigningRequest request = next();
    try {
      return request.run(this::refuseInHandshake);
    } catch (HsmException e) {
      throw failure(request, e);
    }
  }

  /** Signs without a thread that waits for people; fails with {@code SignatureException}. */
  CompletableFuture<byte[]> signLater(Executor executor) throws SignatureException {
    SigningRequest request = next();
    CompletableFuture<byte[]> asked = request.runLater(executor);
    CompletableFuture<byte[]> signature = new CompletableFuture<>();
    var unused =
        asked.whenComplete(
            (bytes, failure) -> {
              if (failure == null) {
                signature.complete(bytes);
              } else {
                signature.completeExceptionally(
                    failure instanceof HsmException refusal ? failure(request, refusal) : failure);
              }
            });
    Cancellation.handOn(signature, asked);
    return signature;
  }

  private SigningRequest next() throws SignatureException {
    MessageInput done = input;
    // Whatever happens next, the object can be used again and carries nothing over.
    input = forms.newInput();
    return forms.request(done);
  }

  private SignatureException failure(SigningRequest request, HsmException cause) {
    return new SignatureException(
        algorithm.jcaName()
            + " with key '"
            + key.label()
            + "': "
            + cause.getMessage()
            + request.advice(cause)
            + signer.leftBehind(),
        cause);
  }

  /** JSSE puts the message of a {@code ProviderException} in front, that of others nowhere. */
  private void refuseInHandshake() {
    if (signer.settings().tlsApproval() == SigningSettings.TlsApproval.REFUSE
        && CallingFrames.areTls()) {
      throw new ProviderException(
          "key '"
              + key.label()
              + "' needs people's approval for each use and is refused in a TLS handshake; use"
              + " another key, or set approval.tls=allow");
    }
  }
}
