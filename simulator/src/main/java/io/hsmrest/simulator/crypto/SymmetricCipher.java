package io.hsmrest.simulator.crypto;

import java.util.Arrays;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.BufferedBlockCipher;
import org.bouncycastle.crypto.DefaultBufferedBlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.engines.CamelliaEngine;
import org.bouncycastle.crypto.engines.ChaCha7539Engine;
import org.bouncycastle.crypto.engines.DESedeEngine;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.modes.SICBlockCipher;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** Ciphers with secret keys. The names without a mode are CBC with the padding of PKCS#7. */
final class SymmetricCipher {
  private static final int SHORT_IV = 12;

  private SymmetricCipher() {}

  /** Bytes of initialization vector; 0 for none. */
  static int ivLength(CipherAlgorithm cipher) {
    return switch (cipher) {
      case AES_GCM, CHACHA20, CHACHA20_AEAD -> SHORT_IV;
      case AES, AES_CTR, AES_CBC_NO_PADDING, CAMELLIA, CAMELLIA_CBC_NO_PADDING -> 16;
      case TDEA_CBC, TDEA_CBC_NO_PADDING -> 8;
      default -> 0;
    };
  }

  static boolean isAuthenticated(CipherAlgorithm cipher) {
    return cipher == CipherAlgorithm.AES_GCM || cipher == CipherAlgorithm.CHACHA20_AEAD;
  }

  static byte[] authenticated(
      boolean encrypt,
      CipherAlgorithm cipher,
      byte[] key,
      byte[] iv,
      byte[] additional,
      int tagBits,
      byte[] input)
      throws InvalidCipherTextException {
    AEADCipher engine =
        cipher == CipherAlgorithm.AES_GCM
            ? GCMBlockCipher.newInstance(AESEngine.newInstance())
            : new ChaCha20Poly1305();
    engine.init(encrypt, new AEADParameters(new KeyParameter(key), tagBits, iv, additional));
    byte[] output = new byte[engine.getOutputSize(input.length)];
    int length = engine.processBytes(input, 0, input.length, output, 0);
    length += engine.doFinal(output, length);
    return Arrays.copyOf(output, length);
  }

  static byte[] plain(boolean encrypt, CipherAlgorithm cipher, byte[] key, byte[] iv, byte[] input)
      throws InvalidCipherTextException {
    KeyParameter secret = new KeyParameter(key);
    if (cipher == CipherAlgorithm.CHACHA20) {
      ChaCha7539Engine engine = new ChaCha7539Engine();
      engine.init(encrypt, new ParametersWithIV(secret, iv));
      byte[] output = new byte[input.length];
      engine.processBytes(input, 0, input.length, output, 0);
      return output;
    }
    BufferedBlockCipher engine = blockCipher(cipher);
    engine.init(encrypt, iv.length == 0 ? secret : new ParametersWithIV(secret, iv));
    byte[] output = new byte[engine.getOutputSize(input.length)];
    int length = engine.processBytes(input, 0, input.length, output, 0);
    length += engine.doFinal(output, length);
    return Arrays.copyOf(output, length);
  }

  private static BufferedBlockCipher blockCipher(CipherAlgorithm cipher) {
    return switch (cipher) {
      case AES, CAMELLIA, TDEA_CBC ->
          new PaddedBufferedBlockCipher(CBCBlockCipher.newInstance(engine(cipher)));
      case AES_CBC_NO_PADDING, CAMELLIA_CBC_NO_PADDING, TDEA_CBC_NO_PADDING ->
          new DefaultBufferedBlockCipher(CBCBlockCipher.newInstance(engine(cipher)));
      case AES_CTR -> new DefaultBufferedBlockCipher(SICBlockCipher.newInstance(engine(cipher)));
      case AES_ECB, CAMELLIA_ECB, TDEA_ECB -> new DefaultBufferedBlockCipher(engine(cipher));
      default -> throw new IllegalArgumentException(cipher.name());
    };
  }

  private static BlockCipher engine(CipherAlgorithm cipher) {
    return switch (family(cipher)) {
      case AES -> AESEngine.newInstance();
      case CAMELLIA -> new CamelliaEngine();
      case TDEA -> new DESedeEngine();
      default -> throw new IllegalArgumentException(cipher.name());
    };
  }

  /** The kind of key that a cipher takes. */
  static KeyFamily family(CipherAlgorithm cipher) {
    String name = cipher.name();
    for (KeyFamily family :
        new KeyFamily[] {
          KeyFamily.RSA, KeyFamily.AES, KeyFamily.CHACHA20, KeyFamily.CAMELLIA, KeyFamily.TDEA
        }) {
      if (name.startsWith(family.name())) {
        return family;
      }
    }
    throw new IllegalArgumentException(name);
  }
}
