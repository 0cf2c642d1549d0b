package io.hsmrest.provider;

import io.hsmrest.keystore.HsmPrivateKey;
import io.hsmrest.keystore.HsmSigner;
import io.hsmrest.keystore.PqcParameterSet;
import io.hsmrest.keystore.RemoteSignature;
import java.security.SignatureException;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * Lets out of the service's answers to one request what is a signature of the key over what was
 * signed, in the encoding of the JCA name. Immutable.
 */
final class AnswerCheck {
  private final SignatureAlgorithm algorithm;
  private final HsmPrivateKey key;
  private final HsmSigner signer;
  private final @Nullable Hash hash;
  private final byte[] signed;

  /**
   * Checks answers to one request.
   *
   * @param hash null for raw input and schemes that hash inside
   * @param signed the digest, or the raw input, or the message; nobody changes it any more
   */
  AnswerCheck(
      SignatureAlgorithm algorithm,
      HsmPrivateKey key,
      HsmSigner signer,
      @Nullable Hash hash,
      byte[] signed) {
    this.algorithm = algorithm;
    this.key = key;
    this.signer = signer;
    this.hash = hash;
    this.signed = signed;
  }

  /** Whether the public key confirms it, whatever {@code sign.verify} says. */
  boolean isConfirmed(RemoteSignature answer) {
    return readings(answer.bytes().toByteArray()).stream().anyMatch(this::isConfirmed);
  }

  private boolean isConfirmed(byte[] reading) {
    return PublicKeyCheck.verifies(algorithm.family(), hash, key.publicKey(), signed, reading);
  }

  /** The first reading of the answer that the public key confirms. */
  byte[] accept(RemoteSignature answer) throws SignatureException {
    byte[] bytes = answer.bytes().toByteArray();
    List<byte[]> readings = readings(bytes);
    // The service's name tells the hash, which JCA's RSASSA-PSS leaves to the parameters.
    String checked = algorithm.jcaName() + " as " + answer.serviceAlgorithm();
    if (!readings.isEmpty() && !signer.isToBeChecked(checked)) {
      return written(readings.get(0));
    }
    for (byte[] reading : readings) {
      if (isConfirmed(reading)) {
        signer.wasChecked(checked);
        return written(reading);
      }
    }
    throw new SignatureException(
        "the service answered "
            + algorithm.jcaName()
            + " with key '"
            + key.label()
            + "' with "
            + answer.describe()
            + (readings.isEmpty() ? ", which is no such signature" : why(bytes))
            + "; nothing was handed out");
  }

  /** In DER where the scheme is ECDSA. */
  private List<byte[]> readings(byte[] answer) {
    return switch (algorithm.family()) {
      case RSA, RSA_PSS -> SignatureEncoding.rsa(answer, ((RSAKey) key).getModulus().bitLength());
      case ECDSA -> SignatureEncoding.ecdsa(answer, orderBits());
      case EDDSA -> SignatureEncoding.ed25519(answer);
      case ML_DSA, SLH_DSA ->
          SignatureEncoding.ofLength(
              answer, PqcParameterSet.of(key.publicKey()).orElseThrow().signatureLength());
    };
  }

  private byte[] written(byte[] reading) {
    return algorithm.isP1363() ? SignatureEncoding.p1363(reading, orderBits()) : reading;
  }

  private int orderBits() {
    return ((ECKey) key).getParams().getOrder().bitLength();
  }

  /** Another salt is told apart: the signature is good, but not what its parameters promise. */
  private String why(byte[] answer) {
    if (algorithm.family() == KeyFamily.RSA_PSS
        && hash != null
        && key.publicKey() instanceof RSAPublicKey rsa) {
      OptionalInt salt = PssEncoding.saltLength(rsa, hash, signed, answer);
      if (salt.isPresent()) {
        return ", a good signature whose salt has "
            + salt.getAsInt()
            + " bytes where the parameters of "
            + algorithm.jcaName()
            + " promise "
            + hash.length()
            + " to whoever verifies; ask the service's operator for a salt as long as the digest,"
            + " or use "
            + hash.jdkName().replace("-", "")
            + "withRSA";
      }
    }
    return ", which does not verify with the key's public key; was the key replaced?";
  }
}
