package io.hsmrest.simulator.crypto;

import java.security.SecureRandom;
import java.util.Set;
import org.bouncycastle.crypto.params.DESParameters;
import org.jspecify.annotations.Nullable;

/** Sizes and generation of secret keys (contract 3.1). */
final class SecretKeys {
  private static final Set<Integer> AES_SIZES = Set.of(128, 192, 256);
  private static final int FIXED = 256;

  /** Three DES keys of 64 bits, parity included. */
  private static final int TDEA_BITS = 192;

  private SecretKeys() {}

  static KeyMaterial create(String name, KeyFamily family, KeySpec spec, SecureRandom random) {
    int bits = bits(family, spec.keySize());
    byte[] raw = new byte[bits / 8];
    random.nextBytes(raw);
    if (family == KeyFamily.TDEA) {
      DESParameters.setOddParity(raw);
    }
    return KeyMaterial.secret(name, bits, Bytes.owning(raw));
  }

  private static int bits(KeyFamily family, @Nullable Integer asked) {
    if (asked == null) {
      if (family == KeyFamily.AES || family == KeyFamily.CAMELLIA) {
        throw new ServiceRefusal(Reason.INPUT_KEYSIZE, "The key size is missing.");
      }
      return family == KeyFamily.TDEA ? TDEA_BITS : FIXED;
    }
    if (!isPossible(family, asked)) {
      throw KeyCreation.badSize(asked);
    }
    return asked;
  }

  static boolean isPossible(KeyFamily family, int bits) {
    return switch (family) {
      case AES, CAMELLIA -> AES_SIZES.contains(bits);
      case CHACHA20 -> bits == FIXED;
      case TDEA -> bits == TDEA_BITS;
      case HMAC -> bits >= 8 && bits % 8 == 0;
      default -> false;
    };
  }
}
