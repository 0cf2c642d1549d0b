package io.hsmrest.tests.jdk;

import io.hsmrest.tests.documents.Checkout;
import java.nio.file.Files;
import java.nio.file.Path;

/** The one jar that users install, as the build made it. */
public final class ProviderJar {
  private ProviderJar() {}

  /** Where it is; the system property {@code hsmrest.test.providerJar} names another. */
  public static Path path() {
    String other = System.getProperty("hsmrest.test.providerJar");
    Path jar =
        other == null ? Checkout.file("provider/target/hsmrest-provider.jar") : Path.of(other);
    if (!Files.isRegularFile(jar)) {
      throw new AssertionError(jar + " is missing: build the module provider first");
    }
    return jar.toAbsolutePath();
  }
}
