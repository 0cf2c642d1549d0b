package io.hsmrest.keystore;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.approval.ApprovalListener;
import io.hsmrest.client.model.Secret;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sessions in use, one per configuration. Held weakly: when no key store and no handle needs a
 * session any more, its connections are closed.
 */
final class SharedSessions {
  private static final Map<Key, WeakReference<HsmSession>> SESSIONS = new HashMap<>();

  /** The store password is part of what makes sessions equal only where a setting refers to it. */
  private record Key(
      HsmRestConfig config, @Nullable Secret storePassword, @Nullable ApprovalListener listener) {}

  private SharedSessions() {}

  static HsmSession get(
      HsmRestConfig config, @Nullable Secret storePassword, @Nullable ApprovalListener listener)
      throws HsmConfigurationException {
    boolean needed =
        config.settings().withPrefix("").values().stream()
            .anyMatch(value -> value.contains("storepass:"));
    Key key = new Key(config, needed ? storePassword : null, listener);
    synchronized (SESSIONS) {
      SESSIONS.values().removeIf(reference -> reference.get() == null);
      WeakReference<HsmSession> reference = SESSIONS.get(key);
      HsmSession session = reference == null ? null : reference.get();
      if (session == null) {
        session = HsmSession.create(config, storePassword, listener);
        SESSIONS.put(key, new WeakReference<>(session));
      }
      return session;
    }
  }
}
