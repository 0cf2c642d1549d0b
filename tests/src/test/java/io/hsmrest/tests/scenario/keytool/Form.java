package io.hsmrest.tests.scenario.keytool;

import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.jdk.Registration;
import java.nio.file.Path;
import java.util.List;

/**
 * One way to run keytool on our key store.
 *
 * @param jdk whose keytool
 * @param store what {@code -keystore} is
 * @param registration how it gets to know the provider
 */
record Form(Jdk jdk, Store store, Registration registration) {

  /** What {@code -keystore} is. */
  enum Store {
    /** {@code NONE}; the configuration is the provider's argument. */
    NONE,
    /** The configuration file; the provider itself is not configured. */
    FILE
  }

  List<String> storeOptions(Path configuration, String storeOption, String typeOption) {
    String name = store == Store.NONE ? "NONE" : configuration.toString();
    return List.of(storeOption, name, typeOption, "HsmRest");
  }

  @Override
  public String toString() {
    return jdk + ", -keystore " + store + ", " + registration;
  }
}
