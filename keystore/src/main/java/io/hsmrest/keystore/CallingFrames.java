package io.hsmrest.keystore;

import java.util.function.Predicate;

/**
 * Tells who is calling, for the few answers that have to differ: engines of the JCA are handed no
 * more than an alias, a size or a message.
 */
public final class CallingFrames {
  private CallingFrames() {}

  /** Whether the JDK's keytool is asking. */
  static boolean areKeytools() {
    return any(name -> name.equals("sun.security.tools.keytool.Main"));
  }

  /** Whether a TLS implementation of the JDK or of Bouncy Castle is asking. */
  public static boolean areTls() {
    return any(
        name -> name.startsWith("sun.security.ssl.") || name.startsWith("org.bouncycastle.jsse."));
  }

  private static boolean any(Predicate<String> className) {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> className.test(frame.getClassName())));
  }
}
