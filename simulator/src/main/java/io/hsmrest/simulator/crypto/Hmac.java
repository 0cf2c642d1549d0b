package io.hsmrest.simulator.crypto;

import java.security.MessageDigest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;

/** HMAC with keys of algorithm {@code HMACSHA256} (contract 2.2.4). Thread-safe. */
public final class Hmac {
  private Hmac() {}

  /**
   * The keyed hash, 32 bytes.
   *
   * @throws ServiceRefusal 607 for any other key
   */
  public static Bytes compute(KeyMaterial key, Bytes payload) {
    if (key.family() != KeyFamily.HMAC) {
      throw new ServiceRefusal(
          Reason.ALGORITHM_NOT_SUPPORTED_BY_KEY, "The key is not a HMACSHA256 key.");
    }
    HMac mac = new HMac(new SHA256Digest());
    mac.init(new KeyParameter(key.secretBytes()));
    mac.update(payload.content(), 0, payload.size());
    byte[] out = new byte[mac.getMacSize()];
    mac.doFinal(out, 0);
    return Bytes.owning(out);
  }

  /** Whether {@code keyedHash} is the keyed hash of {@code payload}. */
  public static boolean verify(KeyMaterial key, Bytes payload, Bytes keyedHash) {
    return MessageDigest.isEqual(compute(key, payload).content(), keyedHash.content());
  }
}
