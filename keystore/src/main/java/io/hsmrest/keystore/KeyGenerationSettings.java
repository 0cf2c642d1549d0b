package io.hsmrest.keystore;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.Settings;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of new keys.
 *
 * @param label label of the next key pair when nothing better names it, null for none
 * @param destroyable whether new keys can be deleted at all
 * @param extractable attribute of new keys; they are never downloaded either way
 * @param policy JSON file with the approval policy of new keys, null for plain keys
 */
public record KeyGenerationSettings(
    @Nullable String label, boolean destroyable, boolean extractable, @Nullable Path policy) {

  static final Set<String> KEYS =
      Set.of("keygen.label", "keygen.destroyable", "keygen.extractable", "keygen.policy");

  static KeyGenerationSettings read(Settings settings) throws HsmConfigurationException {
    return new KeyGenerationSettings(
        settings.text("keygen.label").orElse(null),
        settings.flag("keygen.destroyable", true),
        settings.flag("keygen.extractable", false),
        settings.path("keygen.policy").orElse(null));
  }
}
