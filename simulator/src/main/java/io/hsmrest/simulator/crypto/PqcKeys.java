package io.hsmrest.simulator.crypto;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Objects;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.AsymmetricCipherKeyPairGenerator;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.pqc.crypto.lms.LMOtsParameters;
import org.bouncycastle.pqc.crypto.lms.LMSKeyGenerationParameters;
import org.bouncycastle.pqc.crypto.lms.LMSKeyPairGenerator;
import org.bouncycastle.pqc.crypto.lms.LMSParameters;
import org.bouncycastle.pqc.crypto.lms.LMSigParameters;
import org.bouncycastle.pqc.crypto.mldsa.MLDSAKeyGenerationParameters;
import org.bouncycastle.pqc.crypto.mldsa.MLDSAKeyPairGenerator;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMKeyGenerationParameters;
import org.bouncycastle.pqc.crypto.mlkem.MLKEMKeyPairGenerator;
import org.bouncycastle.pqc.crypto.slhdsa.SLHDSAKeyGenerationParameters;
import org.bouncycastle.pqc.crypto.slhdsa.SLHDSAKeyPairGenerator;
import org.bouncycastle.pqc.crypto.xmss.XMSSKeyGenerationParameters;
import org.bouncycastle.pqc.crypto.xmss.XMSSKeyPairGenerator;
import org.bouncycastle.pqc.crypto.xmss.XMSSParameters;

/** Generates post-quantum key pairs. */
final class PqcKeys {
  private static final int HEIGHT = 10;

  private PqcKeys() {}

  static KeyPairEncoding create(String name, KeyFamily family, SecureRandom random)
      throws IOException {
    AsymmetricCipherKeyPair pair = generator(name, family, random).generateKeyPair();
    return new KeyPairEncoding(
        KeyCodec.pkcs8(family, pair.getPrivate()), KeyCodec.spki(family, pair.getPublic()));
  }

  private static AsymmetricCipherKeyPairGenerator generator(
      String name, KeyFamily family, SecureRandom random) {
    switch (family) {
      case ML_DSA -> {
        MLDSAKeyPairGenerator generator = new MLDSAKeyPairGenerator();
        generator.init(
            new MLDSAKeyGenerationParameters(
                random, Objects.requireNonNull(PqcParameters.mlDsa(name))));
        return generator;
      }
      case SLH_DSA -> {
        SLHDSAKeyPairGenerator generator = new SLHDSAKeyPairGenerator();
        generator.init(
            new SLHDSAKeyGenerationParameters(
                random, Objects.requireNonNull(PqcParameters.slhDsa(name))));
        return generator;
      }
      case ML_KEM -> {
        MLKEMKeyPairGenerator generator = new MLKEMKeyPairGenerator();
        generator.init(
            new MLKEMKeyGenerationParameters(
                random, Objects.requireNonNull(PqcParameters.mlKem(name))));
        return generator;
      }
      case XMSS -> {
        XMSSKeyPairGenerator generator = new XMSSKeyPairGenerator();
        generator.init(
            new XMSSKeyGenerationParameters(
                new XMSSParameters(HEIGHT, new SHA256Digest()), random));
        return generator;
      }
      case LMS -> {
        LMSKeyPairGenerator generator = new LMSKeyPairGenerator();
        generator.init(
            new LMSKeyGenerationParameters(
                new LMSParameters(
                    LMSigParameters.lms_sha256_n32_h10, LMOtsParameters.sha256_n32_w4),
                random));
        return generator;
      }
      default -> throw new IllegalArgumentException(name);
    }
  }
}
