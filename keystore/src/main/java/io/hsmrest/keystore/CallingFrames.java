package io.hsmrest.keystore;

import java.util.List;
import java.util.function.Predicate;

/**
 * Tells who is calling, for the few answers that have to differ: engines of the JCA are handed no
 * more than an alias, a size or a message.
 */
public final class CallingFrames {
  private static final List<String> TLS = List.of("sun.security.ssl.", "org.bouncycastle.jsse.");

  /**
   * TLS that other libraries carry along under names of their own. Of Netty it is the engine alone:
   * above its SslHandler runs all that the application does with what came through TLS.
   */
  private static final List<String> SHADED_TLS =
      List.of(
          "io.netty.handler.ssl.ReferenceCountedOpenSsl",
          "io.netty.handler.ssl.OpenSsl",
          "org.conscrypt.");

  private CallingFrames() {}

  /** Whether the JDK's keytool is asking. */
  static boolean areKeytools() {
    return any(name -> name.equals("sun.security.tools.keytool.Main"));
  }

  /** Whether TLS of the JDK, Bouncy Castle, Netty (BoringSSL, OpenSSL) or Conscrypt is asking. */
  public static boolean areTls() {
    return any(CallingFrames::isTls);
  }

  static boolean isTls(String className) {
    return TLS.stream().anyMatch(className::startsWith)
        || SHADED_TLS.stream()
            .anyMatch(name -> className.startsWith(name) || className.contains("." + name));
  }

  private static boolean any(Predicate<String> className) {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> className.test(frame.getClassName())));
  }
}
