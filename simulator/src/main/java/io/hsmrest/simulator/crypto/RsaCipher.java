package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricBlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.encodings.OAEPEncoding;
import org.bouncycastle.crypto.encodings.PKCS1Encoding;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.util.BigIntegers;
import org.jspecify.annotations.Nullable;

/** RSA encryption: with PKCS#1 v1.5 or OAEP padding, or none. */
final class RsaCipher {
  private final SecureRandom random;

  RsaCipher(SecureRandom random) {
    this.random = random;
  }

  byte[] encrypt(KeyMaterial key, CipherAlgorithm cipher, byte[] payload)
      throws IOException, InvalidCipherTextException {
    AsymmetricBlockCipher engine = engine(cipher);
    engine.init(true, new ParametersWithRandom(key.parsed().publicKey(), random));
    if (payload.length > engine.getInputBlockSize()) {
      throw new ServiceRefusal(
          Reason.INVALID_PAYLOAD,
          "The payload is too long: at most " + engine.getInputBlockSize() + " bytes.");
    }
    return engine.processBlock(payload, 0, payload.length);
  }

  byte[] decrypt(KeyMaterial key, CipherAlgorithm cipher, byte[] payload)
      throws IOException, InvalidCipherTextException {
    RSAKeyParameters privateKey = (RSAKeyParameters) key.parsed().privateKey();
    AsymmetricBlockCipher engine = engine(cipher);
    engine.init(false, new ParametersWithRandom(privateKey, random));
    byte[] plain = engine.processBlock(payload, 0, payload.length);
    return cipher == CipherAlgorithm.RSA_NO_PADDING
        ? BigIntegers.asUnsignedByteArray(
            BigIntegers.getUnsignedByteLength(privateKey.getModulus()),
            BigIntegers.fromUnsignedByteArray(plain))
        : plain;
  }

  private static AsymmetricBlockCipher engine(CipherAlgorithm cipher) {
    RSABlindedEngine rsa = new RSABlindedEngine();
    if (cipher == CipherAlgorithm.RSA_NO_PADDING) {
      return rsa;
    }
    Hash oaep = oaepHash(cipher);
    return oaep == null ? new PKCS1Encoding(rsa) : new OAEPEncoding(rsa, oaep.digest());
  }

  /** The hash of OAEP and its MGF1; the form without a name has SHA-1, as in JCA. */
  private static @Nullable Hash oaepHash(CipherAlgorithm cipher) {
    return switch (cipher) {
      case RSA_PADDING_OAEP, RSA_PADDING_OAEP_WITH_SHA1 -> Hash.SHA1;
      case RSA_PADDING_OAEP_WITH_SHA224 -> Hash.SHA224;
      case RSA_PADDING_OAEP_WITH_SHA256 -> Hash.SHA256;
      case RSA_PADDING_OAEP_WITH_SHA384 -> Hash.SHA384;
      case RSA_PADDING_OAEP_WITH_SHA512 -> Hash.SHA512;
      default -> null;
    };
  }
}
