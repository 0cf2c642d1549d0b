package io.hsmrest.provider;

/** Tells whether a TLS implementation of the JDK or of Bouncy Castle is asking. */
final class TlsCaller {
  private TlsCaller() {}

  static boolean isOnStack() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames.anyMatch(
                    frame ->
                        frame.getClassName().startsWith("sun.security.ssl.")
                            || frame.getClassName().startsWith("org.bouncycastle.jsse.")));
  }
}
