package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.pqc.crypto.slhdsa.SLHDSAPrivateKeyParameters;
import org.bouncycastle.pqc.crypto.slhdsa.SLHDSASigner;

/** SLH-DSA (FIPS 205), pure and with every hash. */
final class SlhDsa implements SignatureScheme {
  private final SecureRandom random;

  SlhDsa(SecureRandom random) {
    this.random = random;
  }

  @Override
  public SignResult sign(KeyMaterial key, SignInput input) throws IOException {
    SLHDSAPrivateKeyParameters privateKey = (SLHDSAPrivateKeyParameters) key.parsed().privateKey();
    byte[] representation =
        PreHash.representation(
            input.payload().content(), input.algorithm().hash(), PreHash.context(input.context()));
    byte[] randomizer = new byte[privateKey.getParameters().getN()];
    random.nextBytes(randomizer);
    InternalSigner signer = new InternalSigner();
    signer.init(true, privateKey);
    return SignatureScheme.plain(signer.internalGenerateSignature(representation, randomizer));
  }

  @Override
  public boolean verify(KeyMaterial key, Check check) throws IOException {
    InternalSigner signer = new InternalSigner();
    signer.init(false, key.parsed().publicKey());
    return signer.internalVerifySignature(
        PreHash.representation(
            check.payload().content(), check.algorithm().hash(), PreHash.context(check.context())),
        check.signature().content());
  }

  /** Opens the internal functions of FIPS 205 section 9, which take a representation. */
  private static final class InternalSigner extends SLHDSASigner {
    @Override
    protected byte[] internalGenerateSignature(byte[] message, byte[] randomizer) {
      return super.internalGenerateSignature(message, randomizer);
    }

    @Override
    protected boolean internalVerifySignature(byte[] message, byte[] signature) {
      return super.internalVerifySignature(message, signature);
    }
  }
}
