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

  /** Of {@code KeyPairGenerator.getInstance} without a provider. */
  private static final String LOOKUP_BY_NAME =
      "(Ljava/lang/String;)Ljava/security/KeyPairGenerator;";

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

  /**
   * Whether a key pair generator is being looked up without a provider. Not by keytool: nobody
   * would see there that the key is none of the HSM.
   */
  public static boolean areLookingForAnyGenerator() {
    // Newer JDKs tell a method's parameters only to whoever may have the classes too.
    return StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE)
            .walk(frames -> frames.filter(CallingFrames::isLookup).findFirst())
            .filter(lookup -> lookup.getDescriptor().equals(LOOKUP_BY_NAME))
            .isPresent()
        && !areKeytools();
  }

  private static boolean isLookup(StackWalker.StackFrame frame) {
    return frame.getClassName().equals("java.security.KeyPairGenerator")
        && frame.getMethodName().equals("getInstance");
  }

  private static boolean any(Predicate<String> className) {
    return StackWalker.getInstance()
        .walk(frames -> frames.anyMatch(frame -> className.test(frame.getClassName())));
  }
}
