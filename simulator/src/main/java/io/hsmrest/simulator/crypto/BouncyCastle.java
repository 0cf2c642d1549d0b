package io.hsmrest.simulator.crypto;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/**
 * The Bouncy Castle provider, to be given by object to {@code getInstance}. Made at the first use:
 * it takes a tenth of a second, and most of the simulator does without it.
 */
public final class BouncyCastle {
  private BouncyCastle() {}

  /** The one provider object; never registered. */
  public static Provider provider() {
    return Holder.PROVIDER;
  }

  private static final class Holder {
    static final Provider PROVIDER = new BouncyCastleProvider();
  }
}
