package io.hsmrest.provider;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.keystore.CallingFrames;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.HsmSigner;
import io.hsmrest.keystore.RemoteSignature;
import io.hsmrest.keystore.SignatureForm;
import io.hsmrest.keystore.SigningSettings;
import java.security.ProviderException;
import java.security.SignatureException;
import java.security.interfaces.RSAKey;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Signs with a key of the HSM: hashes here, sends the digest, lets nothing out that the public key
 * does not confirm. One request per signature; where a service turns out not to know a form, the
 * next best is asked for, and that is remembered.
 */
final class RemoteSigning implements SignatureMode {
  /**
   * How services say that they do not know an algorithm or an encoding: the contract's 600, 607,
   * 611, 635, 501 and 101.
   */
  private static final Set<Integer> NOT_KNOWN = Set.of(600, 607, 611, 635, 501, 101);

  /** PKCS#1 v1.5 padding takes as many bytes at least (RFC 8017 9.2). */
  private static final int PKCS1_PADDING = 11;

  private final SignatureAlgorithm algorithm;
  private final KeyFamily family;
  private final @Nullable Hash hash;
  private final HsmPrivateKey key;
  private final HsmSigner signer;
  private final AnswerCheck check;
  private MessageInput input;

  /** The next best form, made when it is needed. */
  @FunctionalInterface
  private interface Fallback {
    SignatureForm form() throws SignatureException;
  }

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
    this.check = new AnswerCheck(algorithm, key, signer);
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
    MessageInput done = input;
    // Whatever happens next, the object can be used again and carries nothing over.
    input = newInput();
    try {
      if (algorithm.isRaw()) {
        return signRaw(done);
      }
      if (hash == null) {
        return signMessage(done);
      }
      return sendsMessages() ? signByHsm(hash, done) : signDigest(hash, done);
    } catch (HsmException e) {
      throw new SignatureException(
          algorithm.jcaName()
              + " with key '"
              + key.label()
              + "': "
              + e.getMessage()
              + signer.leftBehind(),
          e);
    }
  }

  private byte[] signMessage(MessageInput done) throws HsmException, SignatureException {
    byte[] message = messageOf(done, algorithm.jcaName() + " cannot be hashed beforehand", null);
    SignatureForm form = SignatureForm.of(family.forMessage(null), message);
    // Some services turn Ed25519 signatures into DER and fail; RAW spares them that (contract U4).
    RemoteSignature answer = family == KeyFamily.EDDSA ? ask(form, form::raw) : ask(form);
    return check.accept(answer, null, message);
  }

  private byte[] signByHsm(Hash used, MessageInput done) throws HsmException, SignatureException {
    byte[] message =
        messageOf(
            done, "set sign.hash=local, which sends the digest of a message of any length", null);
    return check.accept(
        ask(SignatureForm.of(family.forMessage(used), message)), used, done.digest());
  }

  private byte[] signDigest(Hash used, MessageInput done) throws HsmException, SignatureException {
    byte[] digest = done.digest();
    String name = family.forDigest(used);
    String tooLong =
        "this service does not know "
            + name
            + ", so that the message itself has to be sent; newer services know it";
    RemoteSignature answer =
        ask(
            SignatureForm.of(name, digest),
            () -> SignatureForm.of(family.forMessage(used), messageOf(done, tooLong, name)));
    return check.accept(answer, used, digest);
  }

  /**
   * The caller has hashed. A DigestInfo goes to the form for digests, which leaves no doubt about
   * who adds it (contract U8).
   */
  private byte[] signRaw(MessageInput done) throws HsmException, SignatureException {
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
    RemoteSignature answer =
        hashed.isEmpty()
            ? ask(bare)
            : ask(
                SignatureForm.of(family.forDigest(hashed.get()), hashed.get().digestIn(raw)),
                () -> bare);
    return check.accept(answer, null, raw);
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

  private RemoteSignature ask(SignatureForm form) throws HsmException {
    return signer.sign(form, algorithm.jcaName(), this::refuseInHandshake);
  }

  private RemoteSignature ask(SignatureForm preferred, Fallback other)
      throws HsmException, SignatureException {
    String name = preferred.serviceAlgorithm();
    if (signer.lacks(name)) {
      return ask(other.form());
    }
    try {
      RemoteSignature answer = ask(preferred);
      signer.learn(name, true);
      return answer;
    } catch (HsmResponseException refusal) {
      if (!NOT_KNOWN.contains(refusal.error().code())) {
        throw refusal;
      }
      try {
        RemoteSignature answer = ask(other.form());
        signer.learn(name, false);
        return answer;
      } catch (HsmException | SignatureException e) {
        e.addSuppressed(refusal);
        throw e;
      }
    }
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
