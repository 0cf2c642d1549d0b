package io.hsmrest.tests.scenario.signature;

import java.security.Provider;
import java.security.Security;
import org.bouncycastle.jce.provider.BouncyCastleProvider;

/** Where this provider and Bouncy Castle's stand in the JVM's list. */
enum ProviderOrder {
  FIRST_AND_BOUNCY_CASTLE_LAST(true, 1, 0),
  FIRST_AND_BOUNCY_CASTLE_SECOND(true, 1, 2),
  LAST_BUT_FOR_BOUNCY_CASTLE(true, 0, 0),
  BEHIND_BOUNCY_CASTLE(false, 0, 0),
  LAST_AND_BOUNCY_CASTLE_FIRST(false, 0, 1),
  SECOND_AND_BOUNCY_CASTLE_FIRST(false, 2, 1);

  private final boolean before;
  private final int position;
  private final int bouncyCastlesPosition;

  /** Positions are counted from 1, and 0 is the last. */
  ProviderOrder(boolean before, int position, int bouncyCastlesPosition) {
    this.before = before;
    this.position = position;
    this.bouncyCastlesPosition = bouncyCastlesPosition;
  }

  /** Whether this provider comes before Bouncy Castle's. */
  boolean isBefore() {
    return before;
  }

  /** Whether Bouncy Castle's comes before the JDK's providers. */
  boolean isBouncyCastlePreferred() {
    return bouncyCastlesPosition > 0;
  }

  /** Registers Bouncy Castle's alone, where it stands without this provider. */
  void registerBouncyCastle() {
    insert(new BouncyCastleProvider(), isBouncyCastlePreferred() ? 1 : 0);
  }

  /** Registers both. */
  void register(Provider provider) {
    if (before) {
      insert(provider, position);
      insert(new BouncyCastleProvider(), bouncyCastlesPosition);
    } else {
      insert(new BouncyCastleProvider(), bouncyCastlesPosition);
      insert(provider, position);
    }
  }

  private static void insert(Provider provider, int position) {
    int at =
        position == 0
            ? Security.addProvider(provider)
            : Security.insertProviderAt(provider, position);
    if (at < 0) {
      throw new IllegalStateException(provider.getName() + " is registered already");
    }
  }

  static void unregister(Provider provider) {
    Security.removeProvider(provider.getName());
    Security.removeProvider(BouncyCastleProvider.PROVIDER_NAME);
  }
}
