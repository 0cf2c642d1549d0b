package io.hsmrest.provider;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.rest.PolicyFile;
import io.hsmrest.keystore.CallingFrames;
import io.hsmrest.keystore.ConfigurationSource;
import io.hsmrest.keystore.HsmRestConfig;
import io.hsmrest.keystore.HsmSession;
import io.hsmrest.keystore.KeyGenerationSettings;
import io.hsmrest.keystore.KeytoolAlias;
import java.security.KeyPair;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Where the name of a new key comes from, and with which session it is made: the parameters, then
 * the alias that keytool has just asked for, then {@code keygen.label}, once. Without a name no key
 * is made: in an early position the JDK would otherwise ask this provider for the ephemeral keys of
 * every TLS handshake. One per provider; thread-safe.
 */
final class NewKeySource {
  private final ConfigurationSource source;
  private final AtomicBoolean labelUsed = new AtomicBoolean();

  NewKeySource(ConfigurationSource source) {
    this.source = source;
  }

  /** Whether a key generated now on this thread would have a name. */
  boolean isNamed() throws HsmException {
    return KeytoolAlias.isKnown() || settingsLabel().isPresent();
  }

  /** Generates under the name that keytool or the settings give; empty where neither does. */
  Optional<KeyPair> generate(KeyPairAlgorithm.Shape shape) throws HsmException {
    Optional<KeytoolAlias.Hint> hint = KeytoolAlias.take();
    if (hint.isPresent()) {
      NewKey key = shape.named(hint.get().alias());
      return Optional.of(
          hint.get().createKeyPair(complete(key, hint.get().session().config(), null)));
    }
    Optional<String> label = settingsLabel();
    if (label.isEmpty() || !labelUsed.compareAndSet(false, true)) {
      return Optional.empty();
    }
    return Optional.of(create(session(), shape.named(label.get()), null));
  }

  /** Generates what the parameters say. */
  KeyPair generate(HsmKeyGenParameterSpec parameters) throws HsmException {
    return create(session(), parameters.key(), parameters);
  }

  private Optional<String> settingsLabel() throws HsmConfigurationException {
    if (labelUsed.get() || CallingFrames.areTls()) {
      return Optional.empty();
    }
    // A configuration that cannot be read names no key; whoever really wants one is told later.
    return source.readIfPresent().map(config -> config.keyGeneration().label());
  }

  private HsmSession session() throws HsmException {
    return HsmSession.open(source.read(), null);
  }

  private static KeyPair create(
      HsmSession session, NewKey key, @Nullable HsmKeyGenParameterSpec parameters)
      throws HsmException {
    return session.createKeyPair(complete(key, session.config(), parameters));
  }

  /** With everything that the parameters do not say taken from the settings. */
  private static NewKey complete(
      NewKey key, HsmRestConfig config, @Nullable HsmKeyGenParameterSpec parameters)
      throws HsmConfigurationException {
    KeyGenerationSettings settings = config.keyGeneration();
    Boolean destroyable = parameters == null ? null : parameters.destroyable();
    Boolean extractable = parameters == null ? null : parameters.extractable();
    NewKey complete =
        key.withFlags(
            key.flags()
                .withDestroyable(destroyable == null ? settings.destroyable() : destroyable)
                .withExtractable(extractable == null ? settings.extractable() : extractable));
    if (settings.policy() != null && (parameters == null || !parameters.isPolicyGiven())) {
      return complete.withPolicy(PolicyFile.read(settings.policy()));
    }
    return complete;
  }
}
