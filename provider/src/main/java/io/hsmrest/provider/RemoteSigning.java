package io.hsmrest.provider;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.approval.Cancellation;
import io.hsmrest.keystore.CallingFrames;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.HsmSigner;
import io.hsmrest.keystore.SignatureForm;
import io.hsmrest.keystore.SigningSettings;
import java.security.ProviderException;
import java.security.SignatureException;
import java.security.interfaces.RSAKey;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Signs with a key of the HSM: hashes here, sends the digest, lets nothing out that the public key
 * does not confirm. One request per signature; where a service turns out not to know a form, the
 * next best is asked for, and that is remembered.
 */
final class RemoteSigning implements SignatureMode {
  /** PKCS#1 v1.5 padding takes as many bytes at least (RFC 8017 9.2). */
  private static final int PKCS1_PADDING = 11;

  private final SignatureAlgorithm algorithm;
  private final KeyFamily family;
  private final @Nullable Hash hash;
  private final HsmPrivateKey key;
  private final HsmSigner signer;
  private MessageInput input;

  /**
   * Signs with {@code key}, which the algorithm has accepted.
   *
   * @param hash the hash of the name or of its parameters; null for raw input and for schemes that
   *     hash inside
   */
  RemoteSigning(SignatureAlgorithm algorithm, @Nullable Hash hash, HsmPrivateKey key) {
    this.algorithm = algorithm;
    this.family = algorithm.family();
    this.hash = hash;
    this.key = key;
    this.signer = HsmSigner.of(key);
    this.input = newInput();
  }

  private MessageInput newInput() {
    if (hash != null) {
      return MessageInput.hashed(
          hash, sendsMessages() || mayFallBack(hash) ? MessageInput.LIMIT : 0);
    }
    return MessageInput.whole(algorithm.isRaw() ? longestRaw() : MessageInput.LIMIT);
  }

  private boolean sendsMessages() {
    return signer.settings().hash() == SigningSettings.Hashing.HSM;
  }

  /** Every service signs digests with EC keys; those for RSA keys came later (contract 3.4, 7). */
  private boolean mayFallBack(Hash used) {
    return family != KeyFamily.ECDSA && !signer.knows(family.forDigest(used));
  }

  private int longestRaw() {
    return key instanceof RSAKey rsa
        ? (rsa.getModulus().bitLength() + 7) / 8 - PKCS1_PADDING
        : MessageInput.LONGEST_DIGEST;
  }

  @Override
  public void update(byte[] bytes, int offset, int count) {
    input.update(bytes, offset, count);
  }

  @Override
  public byte[] sign() throws SignatureException {
    SigningRequest request = next();
    try {
      return request.run(this::refuseInHandshake);
    } catch (HsmException e) {
      throw failure(e);
    }
  }

  /** Signs without a thread that waits for people; fails with {@code SignatureException}. */
  CompletableFuture<byte[]> signLater(Executor executor) throws SignatureException {
    CompletableFuture<byte[]> asked = next().runLater(executor);
    CompletableFuture<byte[]> signature = new CompletableFuture<>();
    var unused =
        asked.whenComplete(
            (bytes, failure) -> {
              if (failure == null) {
                signature.complete(bytes);
              } else {
                signature.completeExceptionally(
                    failure instanceof HsmException refusal ? failure(refusal) : failure);
              }
            });
    Cancellation.handOn(signature, asked);
    return signature;
  }

  private SignatureException failure(HsmException cause) {
    return new SignatureException(
        algorithm.jcaName()
            + " with key '"
            + key.label()
            + "': "
            + cause.getMessage()
            + signer.leftBehind(),
        cause);
  }

  private SigningRequest next() throws SignatureException {
    MessageInput done = input;
    // Whatever happens next, the object can be used again and carries nothing over.
    input = newInput();
    if (algorithm.isRaw()) {
      return raw(done);
    }
    if (hash == null) {
      return wholeMessage(done);
    }
    return sendsMessages() ? hashedByHsm(hash, done) : hashedHere(hash, done);
  }

  private SigningRequest request(
      SignatureForm preferred,
      SigningRequest.@Nullable Fallback other,
      @Nullable Hash used,
      byte[] signed) {
    return new SigningRequest(
        signer,
        algorithm.jcaName(),
        preferred,
        other,
        new AnswerCheck(algorithm, key, signer, used, signed));
  }

  private SigningRequest wholeMessage(MessageInput done) throws SignatureException {
    byte[] message = messageOf(done, algorithm.jcaName() + " cannot be hashed beforehand", null);
    SignatureForm form = SignatureForm.of(family.forMessage(null), message);
    // Some services turn Ed25519 signatures into DER and fail; RAW spares them that (contract U4).
    return request(form, family == KeyFamily.EDDSA ? form::raw : null, null, message);
  }

  private SigningRequest hashedByHsm(Hash used, MessageInput done) throws SignatureException {
    byte[] message =
        messageOf(
            done, "set sign.hash=local, which sends the digest of a message of any length", null);
    return request(SignatureForm.of(family.forMessage(used), message), null, used, done.digest());
  }

  private SigningRequest hashedHere(Hash used, MessageInput done) {
    byte[] digest = done.digest();
    String name = family.forDigest(used);
    String tooLong =
        "this service does not know "
            + name
            + ", so that the message itself has to be sent; newer services know it";
    return request(
        SignatureForm.of(name, digest),
        () -> SignatureForm.of(family.forMessage(used), messageOf(done, tooLong, name)),
        used,
        digest);
  }

  /**
   * The caller has hashed. A DigestInfo goes to the form for digests, which leaves no doubt about
   * who adds it (contract U8).
   */
  private SigningRequest raw(MessageInput done) throws SignatureException {
    if (done.length() > longestRaw()) {
      throw new SignatureException(
          algorithm.jcaName()
              + " takes what was hashed already, here "
              + longestRaw()
              + " bytes at most (got "
              + done.length()
              + ")");
    }
    byte[] raw = messageOf(done, "it is no digest", null);
    SignatureForm bare = SignatureForm.of("NONE" + family.forMessage(null), raw);
    Optional<Hash> hashed =
        family == KeyFamily.RSA ? Hash.ofDigestInfo(raw).filter(Hash::isForRsa) : Optional.empty();
    return hashed.isEmpty()
        ? request(bare, null, null, raw)
        : request(
            SignatureForm.of(family.forDigest(hashed.get()), hashed.get().digestIn(raw)),
            () -> bare,
            null,
            raw);
  }

  /**
   * The whole message.
   *
   * @param known the form that was thought to be known, so that the message was not kept
   */
  private byte[] messageOf(MessageInput done, String tooLong, @Nullable String known)
      throws SignatureException {
    Optional<byte[]> message = done.message();
    if (message.isPresent()) {
      return message.get();
    }
    if (done.length() <= MessageInput.LIMIT && known != null) {
      // Another endpoint, of an older version, may have answered: the next signature will keep it.
      signer.learn(known, null);
      throw new SignatureException(
          "the service does not know "
              + known
              + " any more; try again, with key '"
              + key.label()
              + "'");
    }
    throw new SignatureException(
        "the message has "
            + done.length()
            + " bytes and the service takes "
            + MessageInput.LIMIT
            + " at most: "
            + tooLong);
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
