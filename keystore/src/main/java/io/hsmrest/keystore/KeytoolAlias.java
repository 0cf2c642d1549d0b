package io.hsmrest.keystore;

import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.NewKey;
import java.security.KeyPair;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The alias that keytool has just been told does not exist. {@code keytool -genkeypair} generates
 * the key before it names it to the key store; that question, asked on the same thread, is the one
 * hint at the label that survives {@code -conf}, {@code -signer} and a left-out {@code -alias}. It
 * is noted only under keytool's main class, so that an application's innocent {@code containsAlias}
 * never names a key.
 */
public final class KeytoolAlias {
  private static final ThreadLocal<@Nullable Hint> LAST = new ThreadLocal<>();

  private KeytoolAlias() {}

  /**
   * What keytool is about to generate.
   *
   * @param alias the label of the new key
   * @param session the key store's session, which may have another configuration than the provider
   */
  public record Hint(String alias, HsmSession session) {

    /**
     * Creates the key pair. Should keytool end before the key has a certificate, the key's name and
     * what can be done about it are printed then.
     */
    public KeyPair createKeyPair(NewKey key) throws HsmException {
      try {
        KeyPair pair = session.createKeyPair(key);
        session.newKeys().tellAtExit(alias);
        return pair;
      } catch (HsmException e) {
        session.newKeys().refused(alias, e.getMessage());
        throw e;
      }
    }
  }

  /** Notes the answer to {@code containsAlias}. */
  static void answered(String alias, boolean exists, HsmSession session) {
    if (!exists && CallingFrames.areKeytools()) {
      LAST.set(new Hint(alias, session));
      return;
    }
    Hint last = LAST.get();
    if (last != null && last.alias().equals(alias)) {
      LAST.remove();
    }
  }

  /** Whether a hint is there, which stays. */
  public static boolean isKnown() {
    return LAST.get() != null && CallingFrames.areKeytools();
  }

  /** Takes the hint, which is then used up. */
  public static Optional<Hint> take() {
    Hint hint = LAST.get();
    if (hint == null || !CallingFrames.areKeytools()) {
      return Optional.empty();
    }
    LAST.remove();
    return Optional.of(hint);
  }
}
