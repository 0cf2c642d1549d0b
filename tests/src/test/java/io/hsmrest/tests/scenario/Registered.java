package io.hsmrest.tests.scenario;

import java.security.Provider;
import java.security.Security;

/**
 * A provider in the JVM's list for as long as this lives.
 *
 * @param provider the provider
 */
public record Registered(Provider provider) implements AutoCloseable {
  /** Positions in the list. */
  public enum Position {
    FIRST,
    LAST
  }

  /** Puts it there. */
  public static Registered at(Position position, Provider provider) {
    int index =
        position == Position.FIRST
            ? Security.insertProviderAt(provider, 1)
            : Security.addProvider(provider);
    if (index < 0) {
      throw new IllegalStateException("a provider of this name is registered already");
    }
    return new Registered(provider);
  }

  @Override
  public void close() {
    Security.removeProvider(provider.getName());
  }
}
