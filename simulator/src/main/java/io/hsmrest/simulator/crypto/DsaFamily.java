package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.DSAExt;
import org.bouncycastle.crypto.params.DSAKeyParameters;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.DSASigner;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.HMacDSAKCalculator;

/** ECDSA and DSA: a digest of any length, cut to the length of the order; a pair of numbers. */
final class DsaFamily implements SignatureScheme {
  private final SecureRandom random;

  DsaFamily(SecureRandom random) {
    this.random = random;
  }

  @Override
  public SignResult sign(KeyMaterial key, SignInput input) throws IOException {
    CipherParameters parameters = key.parsed().privateKey();
    DSAExt signer = signer(input.algorithm());
    signer.init(
        true,
        input.algorithm().scheme() == Scheme.ECDSA_DETERMINISTIC
            ? parameters
            : new ParametersWithRandom(parameters, random));
    BigInteger[] pair = signer.generateSignature(input.algorithm().digest(input.payload()));
    return SignatureScheme.plain(new SignaturePair(pair[0], pair[1]).toDer());
  }

  @Override
  public boolean verify(KeyMaterial key, Check check) throws IOException {
    SignaturePair pair = SignaturePair.read(check.signature().content(), order(key));
    if (pair == null) {
      return false;
    }
    DSAExt signer = signer(check.algorithm());
    signer.init(false, key.parsed().publicKey());
    return signer.verifySignature(check.algorithm().digest(check.payload()), pair.r(), pair.s());
  }

  private static DSAExt signer(SignatureAlgorithm algorithm) {
    return switch (algorithm.scheme()) {
      case DSA -> new DSASigner();
      case ECDSA_DETERMINISTIC ->
          new ECDSASigner(
              new HMacDSAKCalculator(
                  algorithm.hash() == null ? Hash.SHA256.digest() : algorithm.hash().digest()));
      default -> new ECDSASigner();
    };
  }

  /** The order of the group that {@code key} lives in. */
  static BigInteger order(KeyMaterial key) throws IOException {
    CipherParameters parameters = key.parsed().publicKey();
    return parameters instanceof ECKeyParameters ec
        ? ec.getParameters().getN()
        : ((DSAKeyParameters) parameters).getParameters().getQ();
  }
}
