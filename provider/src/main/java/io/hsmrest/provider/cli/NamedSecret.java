package io.hsmrest.provider.cli;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.SecretSource;
import io.hsmrest.client.model.Secret;

/** A secret that an option says the place of. */
final class NamedSecret {
  private NamedSecret() {}

  /**
   * Reads it.
   *
   * @param option the option's name, for messages
   */
  static Secret read(String option, String place) throws HsmConfigurationException {
    SecretSource source = SecretSource.of(option, place);
    if (!(source instanceof SecretSource.Environment || source instanceof SecretSource.InFile)) {
      // Whoever lists the processes of this machine would read it.
      throw new HsmConfigurationException(
          option + " takes env:NAME or file:PATH, never the password itself");
    }
    return source.resolve(null);
  }
}
