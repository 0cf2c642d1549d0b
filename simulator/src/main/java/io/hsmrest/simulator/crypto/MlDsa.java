package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.digests.SHAKEDigest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.pqc.crypto.mldsa.MLDSAPublicKeyParameters;
import org.bouncycastle.pqc.crypto.mldsa.MLDSASigner;

/**
 * ML-DSA (FIPS 204), pure and with every hash. All forms go through the message representative mu,
 * because Bouncy Castle has the hash form for SHA-512 only.
 */
final class MlDsa implements SignatureScheme {
  private static final int MU_LENGTH = 64;

  private final SecureRandom random;

  MlDsa(SecureRandom random) {
    this.random = random;
  }

  @Override
  public SignResult sign(KeyMaterial key, SignInput input) throws IOException, CryptoException {
    byte[] mu =
        mu(key, new Check(input.algorithm(), input.payload(), Bytes.empty(), input.context()));
    AsymmetricKeyParameter privateKey = key.parsed().privateKey();
    MLDSASigner signer = new MLDSASigner();
    signer.init(true, new ParametersWithRandom(privateKey, random));
    return SignatureScheme.plain(signer.generateMuSignature(mu));
  }

  @Override
  public boolean verify(KeyMaterial key, Check check) throws IOException {
    MLDSASigner signer = new MLDSASigner();
    signer.init(false, key.parsed().publicKey());
    return signer.verifyMuSignature(mu(key, check), check.signature().content());
  }

  private static byte[] mu(KeyMaterial key, Check check) throws IOException {
    if (check.algorithm().scheme() == Scheme.ML_DSA_MU) {
      if (check.payload().size() != MU_LENGTH) {
        throw ServiceRefusal.inHsm("Error creating signature. The payload must have 64 bytes.");
      }
      return check.payload().content();
    }
    byte[] publicKey = ((MLDSAPublicKeyParameters) key.parsed().publicKey()).getEncoded();
    return shake256(
        shake256(publicKey),
        PreHash.representation(
            check.payload().content(), check.algorithm().hash(), PreHash.context(check.context())));
  }

  private static byte[] shake256(byte[]... parts) {
    SHAKEDigest digest = new SHAKEDigest(256);
    for (byte[] part : parts) {
      digest.update(part, 0, part.length);
    }
    byte[] out = new byte[MU_LENGTH];
    digest.doFinal(out, 0, MU_LENGTH);
    return out;
  }
}
