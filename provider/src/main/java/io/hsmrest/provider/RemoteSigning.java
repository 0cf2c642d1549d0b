package io.hsmrest.provider;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.HsmResponseException;
import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.HsmSigner;
import io.hsmrest.keystore.RemoteSignature;
import io.hsmrest.keystore.SigningSettings;
import java.security.ProviderException;
import java.security.SignatureException;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.DigestInfo;
import org.jspecify.annotations.Nullable;

/**
 * Signs with a key of the HSM: hashes here, sends the digest, reads whatever encoding comes back,
 * checks it with the public key. One request per signature; where a service turns out not to know
 * the form for digests the message is sent instead, and that is remembered.
 */
final class RemoteSigning implements SignatureMode {
  /** How services say that they do not know an algorithm: the contract's 600, 607, 501 and 101. */
  private static final Set<Integer> NOT_KNOWN = Set.of(600, 607, 501, 101);

  private final SignatureAlgorithm algorithm;
  private final KeyFamily family;
  private final @Nullable Hash hash;
  private final HsmPrivateKey key;
  private final HsmSigner signer;
  private MessageInput input;

  /**
   * Signs with {@code key}, which the family has accepted.
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
    return hash == null
        ? MessageInput.whole()
        : MessageInput.hashed(hash, sendsMessages() || !signer.knows(family.forDigest(hash)));
  }

  private boolean sendsMessages() {
    return signer.settings().hash() == SigningSettings.Hashing.HSM;
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
    refuseInHandshake();
    try {
      if (algorithm.isRaw()) {
        return signRaw(done.messageOr("it is no digest"));
      }
      if (hash == null) {
        byte[] message = done.messageOr(algorithm.jcaName() + " cannot be hashed beforehand");
        return checked(ask(family.forMessage(null), message), null, message);
      }
      return signHashed(hash, done);
    } catch (HsmException e) {
      throw new SignatureException(e.getMessage() + signer.leftBehind(), e);
    }
  }

  private byte[] signHashed(Hash used, MessageInput done) throws HsmException, SignatureException {
    byte[] digest = done.digest();
    if (sendsMessages()) {
      byte[] message =
          done.messageOr("set sign.hash=local, which sends the digest of a message of any length");
      return checked(ask(family.forMessage(used), message), used, digest);
    }
    String forDigest = family.forDigest(used);
    if (!signer.lacks(forDigest)) {
      try {
        RemoteSignature answer = ask(forDigest, digest);
        signer.learn(forDigest, true);
        return checked(answer, used, digest);
      } catch (HsmResponseException e) {
        if (!NOT_KNOWN.contains(e.error().code()) || done.message().isEmpty()) {
          throw e;
        }
        signer.learn(forDigest, false);
      }
    }
    byte[] message =
        done.messageOr(
            "this service does not know "
                + forDigest
                + ", so that the message itself has to be sent; newer services know it");
    return checked(ask(family.forMessage(used), message), used, digest);
  }

  /**
   * The caller has hashed. A DigestInfo goes to the form for digests, which leaves no doubt about
   * who adds it (contract U8).
   */
  private byte[] signRaw(byte[] raw) throws HsmException, SignatureException {
    if (family == KeyFamily.RSA) {
      Optional<DigestInfo> info = digestInfo(raw);
      Optional<Hash> hashed =
          info.flatMap(i -> Hash.ofOid(i.getAlgorithmId().getAlgorithm().getId()));
      if (info.isPresent()
          && hashed.isPresent()
          && java.util.Arrays.equals(
              raw, PublicKeyCheck.digestInfo(hashed.get(), info.get().getDigest()))) {
        String forDigest = family.forDigest(hashed.get());
        if (!hashed.get().jdkName().startsWith("SHA3")) {
          return checked(ask(forDigest, info.get().getDigest()), null, raw);
        }
      }
      return checked(ask("NONE_WITH_RSA", raw), null, raw);
    }
    return checked(ask("NONE_WITH_ECDSA", raw), null, raw);
  }

  private static Optional<DigestInfo> digestInfo(byte[] raw) {
    try {
      return Optional.of(DigestInfo.getInstance(raw));
    } catch (RuntimeException e) {
      return Optional.empty();
    }
  }

  private RemoteSignature ask(String serviceAlgorithm, byte[] payload) throws HsmException {
    return signer.sign(serviceAlgorithm, payload, algorithm.jcaName());
  }

  /** The first reading of the answer that the public key confirms. */
  private byte[] checked(RemoteSignature answer, @Nullable Hash used, byte[] signed)
      throws SignatureException {
    List<byte[]> readings = readings(answer.bytes().toByteArray());
    if (!readings.isEmpty() && !signer.isToBeChecked(algorithm.jcaName())) {
      return readings.get(0);
    }
    for (byte[] reading : readings) {
      if (PublicKeyCheck.verifies(family, used, key.publicKey(), signed, canonical(reading))) {
        signer.wasChecked(algorithm.jcaName());
        return reading;
      }
    }
    throw new SignatureException(
        "the service answered "
            + algorithm.jcaName()
            + " with key '"
            + key.label()
            + "' with "
            + answer.describe()
            + (readings.isEmpty()
                ? ", which is no such signature"
                : ", which does not verify with the key's public key; was the key replaced?"
                    + " Nothing was handed out"));
  }

  private List<byte[]> readings(byte[] answer) {
    return switch (family) {
      case RSA, RSA_PSS -> SignatureEncoding.rsa(answer, ((RSAKey) key).getModulus().bitLength());
      case ECDSA -> SignatureEncoding.ecdsa(answer, orderBits(), algorithm.isP1363());
      case EDDSA -> SignatureEncoding.ed25519(answer);
      case ML_DSA, SLH_DSA -> answer.length == 0 ? List.of() : List.of(answer);
    };
  }

  /** DER for the check, whatever the name promises. */
  private byte[] canonical(byte[] reading) {
    return algorithm.isP1363()
        ? SignatureEncoding.ecdsa(reading, orderBits(), false).get(0)
        : reading;
  }

  private int orderBits() {
    return ((ECKey) key).getParams().getOrder().bitLength();
  }

  /** JSSE puts the message of a {@code ProviderException} in front, that of others nowhere. */
  private void refuseInHandshake() {
    if (key.requiresApproval()
        && signer.settings().tlsApproval() == SigningSettings.TlsApproval.REFUSE
        && TlsCaller.isOnStack()) {
      throw new ProviderException(
          "key '"
              + key.label()
              + "' needs people's approval for each use and is refused in a TLS handshake; use"
              + " another key, or set approval.tls=allow");
    }
  }
}
