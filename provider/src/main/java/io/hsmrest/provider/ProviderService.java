package io.hsmrest.provider;

import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A service whose engine comes from a constructor instead of a class name. */
class ProviderService extends Provider.Service {

  /** Makes an engine; cheap, because the JDK makes some only to look at their class. */
  @FunctionalInterface
  interface EngineFactory {
    Object create(@Nullable Object parameter) throws NoSuchAlgorithmException;
  }

  private final EngineFactory factory;

  ProviderService(
      Provider provider,
      String type,
      String algorithm,
      Class<?> engine,
      List<String> aliases,
      Map<String, String> attributes,
      EngineFactory factory) {
    super(provider, type, algorithm, engine.getName(), aliases, attributes);
    this.factory = factory;
  }

  @Override
  public Object newInstance(@Nullable Object parameter) throws NoSuchAlgorithmException {
    return factory.create(parameter);
  }
}
