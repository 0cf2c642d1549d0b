package io.hsmrest.provider;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What the JVM's other providers have under a name of ours. Before their engines a lookup without a
 * provider may come to us; then they have to do what they would have done without us.
 */
final class OtherProviders {
  /** Compared by name: the same class may have been loaded twice. */
  private static final String OURS = HsmRestProvider.class.getName();

  private OtherProviders() {}

  /** What is done with one provider. */
  @FunctionalInterface
  interface Use<T> {
    T with(Provider provider) throws GeneralSecurityException;
  }

  private static List<Provider> having(String type, String algorithm) {
    return Arrays.stream(Security.getProviders())
        .filter(provider -> !provider.getClass().getName().equals(OURS))
        .filter(provider -> provider.getService(type, algorithm) != null)
        .toList();
  }

  /** What comes of the first provider that does it, in the order of the list. */
  static <T> Optional<T> first(String type, String algorithm, Use<T> use) {
    for (Provider provider : having(type, algorithm)) {
      try {
        return Optional.of(use.with(provider));
      } catch (GeneralSecurityException | RuntimeException e) {
        // As the JDK does when it goes through the list: the next may do better.
      }
    }
    return Optional.empty();
  }

  /**
   * A new engine of the first provider that has the name. The JDK, which comes to us first, goes on
   * to engines, and leaves out those that are no mere engines but subclasses of the class that
   * applications use; Bouncy Castle's post-quantum ones are, and all its generators.
   */
  static Optional<Object> engine(String type, String algorithm) {
    for (Provider provider : having(type, algorithm)) {
      try {
        return Optional.of(provider.getService(type, algorithm).newInstance(null));
      } catch (NoSuchAlgorithmException e) {
        // So does the JDK.
      }
    }
    return Optional.empty();
  }

  /** The generator of the first provider that has the name, where the JDK would leave it out. */
  static Optional<KeyPairGenerator> generator(String algorithm) {
    return engine("KeyPairGenerator", algorithm)
        .filter(KeyPairGenerator.class::isInstance)
        .map(KeyPairGenerator.class::cast);
  }
}
