package io.hsmrest.provider;

import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.HsmSigner;
import io.hsmrest.keystore.SignatureForm;
import io.hsmrest.keystore.SigningSettings;
import java.security.SignatureException;
import java.security.interfaces.RSAKey;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How the service is asked for the signatures of one key and algorithm: with a digest wherever the
 * scheme allows, else with the message. Immutable and thread-safe.
 */
final class SigningForms {
  /** PKCS#1 v1.5 padding takes as many bytes at least (RFC 8017 9.2). */
  private static final int PKCS1_PADDING = 11;

  private final SignatureAlgorithm algorithm;
  private final KeyFamily family;
  private final @Nullable Hash hash;
  private final HsmPrivateKey key;
  private final HsmSigner signer;

  /**
   * The forms for a key that the algorithm has accepted.
   *
   * @param hash the hash of the name or of its parameters; null for raw input and for schemes that
   *     hash inside
   */
  SigningForms(
      SignatureAlgorithm algorithm, @Nullable Hash hash, HsmPrivateKey key, HsmSigner signer) {
    this.algorithm = algorithm;
    this.family = algorithm.family();
    this.hash = hash;
    this.key = key;
    this.signer = signer;
  }

  /** What takes the input of one signature. */
  MessageInput newInput() {
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

  /** The request for a signature over what was handed in. */
  SigningRequest request(MessageInput done) throws SignatureException {
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
    return request(
        form,
        family == KeyFamily.EDDSA ? new SigningRequest.Fallback(form::raw, "") : null,
        null,
        message);
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
        new SigningRequest.Fallback(
            () -> SignatureForm.of(family.forMessage(used), messageOf(done, tooLong, name)),
            advice(used, "set sign.hash=hsm, which sends the message instead")),
        used,
        digest);
  }

  private String advice(Hash used, String cure) {
    String lacking = family.lackingDigests(used);
    return lacking.isEmpty() ? "" : "; " + lacking + "; " + cure;
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
    return hashed.isEmpty() ? request(bare, null, null, raw) : digestInfo(bare, hashed.get(), raw);
  }

  private SigningRequest digestInfo(SignatureForm bare, Hash used, byte[] raw) {
    String instead =
        "sign the message itself, with " + used.serviceName() + "withRSA and sign.hash=hsm";
    return request(
        SignatureForm.of(family.forDigest(used), used.digestIn(raw)),
        new SigningRequest.Fallback(() -> bare, advice(used, instead)),
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
}
