package io.hsmrest.provider;

import io.hsmrest.keystore.HsmPrivateKey;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SignatureException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/**
 * Signs with a key of the HSM without a thread that waits for people: for servers that cannot
 * block. What {@code Signature} promises is promised here: local hashing, one request, nothing
 * handed out that the public key does not confirm. Immutable and thread-safe.
 */
public final class AsyncSigner {
  private final SignatureAlgorithm algorithm;
  private final HsmPrivateKey key;

  private AsyncSigner(SignatureAlgorithm algorithm, HsmPrivateKey key) {
    this.algorithm = algorithm;
    this.key = key;
  }

  /**
   * The signer of a key.
   *
   * @param algorithm JCA name without parameters of its own, such as {@code SHA256withRSAandMGF1}
   * @param key a handle out of a {@code KeyStore} of type {@code HsmRest}
   * @throws NoSuchAlgorithmException when the provider does not sign with it
   * @throws InvalidKeyException when the key is none of the HSM, or not for this algorithm
   */
  public static AsyncSigner of(String algorithm, PrivateKey key)
      throws NoSuchAlgorithmException, InvalidKeyException {
    SignatureAlgorithm named =
        Arrays.stream(SignatureAlgorithm.values())
            .filter(known -> known.jcaName().equalsIgnoreCase(algorithm))
            .filter(known -> known != SignatureAlgorithm.RSASSA_PSS)
            .findFirst()
            .orElseThrow(
                () ->
                    new NoSuchAlgorithmException(
                        algorithm + ": one of the README's names, with its hash in the name"));
    if (!(key instanceof HsmPrivateKey handle)) {
      throw new InvalidKeyException("no key of provider HsmRest");
    }
    HandleCheck.check(named, handle, PssParameters.of(named));
    return new AsyncSigner(named, handle);
  }

  /**
   * Signs a message. The future fails with {@code SignatureException}, whose cause tells how it
   * ended; cancelling it gives up, and withdraws the request where {@code approval.onGiveUp} says
   * so.
   *
   * @param message hashed here, before this returns
   * @param executor runs the calls of the service, each of which takes a network round trip, and
   *     what follows; never the calling thread unless the executor is it. Only an answer that was
   *     lost is searched for on another thread, for as long as people take
   */
  public CompletableFuture<byte[]> sign(byte[] message, Executor executor) {
    RemoteSigning signing = new RemoteSigning(algorithm, algorithm.hash(), key);
    signing.update(message, 0, message.length);
    try {
      return signing.signLater(executor);
    } catch (SignatureException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
