package io.hsmrest.simulator.crypto;

import java.security.SecureRandom;

/** Random numbers (contract 2.8). */
public final class RandomBytes {
  private static final int MOST = 64 * 1024;

  private RandomBytes() {}

  /**
   * That many random bytes.
   *
   * @throws ServiceRefusal 619 below 1 or above 64 KiB
   */
  public static Bytes generate(int length, SecureRandom random) {
    if (length < 1 || length > MOST) {
      throw new ServiceRefusal(
          Reason.INVALID_NUMBER_RANGE, "The length must be between 1 and " + MOST + ".");
    }
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return Bytes.owning(bytes);
  }
}
