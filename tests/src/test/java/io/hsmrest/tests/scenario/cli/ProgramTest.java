package io.hsmrest.tests.scenario.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.jdk.ProviderJar;
import io.hsmrest.tests.scenario.SimulatedHsm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program in the jar does not get in the way of the provider in it. */
@Tag("scenario")
class ProgramTest {
  private static final String SIGNING =
      """
      public class Signing {
        public static void main(String[] args) throws Exception {
          java.security.Provider provider =
              new io.hsmrest.provider.HsmRestProvider().configure(args[0]);
          java.security.KeyStore keyStore = java.security.KeyStore.getInstance("HsmRest", provider);
          keyStore.load(null, null);
          java.security.Signature signature =
              java.security.Signature.getInstance("SHA256withRSA", provider);
          signature.initSign((java.security.PrivateKey) keyStore.getKey("k", null));
          System.out.println("signature of " + signature.sign().length + " bytes");
        }
      }
      """;

  @Test
  void theProviderLoadsNothingOfTheCommandLine(@TempDir Path folder) throws Exception {
    try (SimulatedHsm hsm = new SimulatedHsm()) {
      hsm.create(NewKey.rsa("k", 2048));
      Command.Result result =
          Command.of(Jdk.current().tool("java"), "-Xlog:class+load:stdout", "-cp")
              .with(ProviderJar.path().toString())
              .with(Files.writeString(folder.resolve("Signing.java"), SIGNING).toString())
              .with(hsm.file(folder.resolve("hsmrest.properties")).toString())
              .run()
              .succeeded();
      assertThat(result.out())
          .contains("signature of 256 bytes")
          .contains("io.hsmrest.provider.HsmSignatureSpi source")
          .doesNotContain("io.hsmrest.provider.cli.")
          .doesNotContain("io.hsmrest.internal.picocli.");
    }
  }

  @Test
  void theJarIsAProgramWithNothingOfOthersInTheirPlaces() throws Exception {
    try (JarFile jar = new JarFile(ProviderJar.path().toFile())) {
      assertThat(jar.getManifest().getMainAttributes().getValue("Main-Class"))
          .isEqualTo("io.hsmrest.provider.cli.Main");
      assertThat(
              jar.stream()
                  .map(entry -> entry.getName())
                  .filter(name -> name.endsWith(".class"))
                  .filter(name -> !name.startsWith("io/hsmrest/")))
          .containsExactly("module-info.class");
      assertThat(jar.getEntry("io/hsmrest/internal/picocli/CommandLine.class")).isNotNull();
    }
  }

  @Test
  void itRunsAsAModuleToo() {
    assertThat(
            Command.of(Jdk.current().tool("java"), "-p", ProviderJar.path().toString())
                .with("-m", "io.hsmrest.provider/io.hsmrest.provider.cli.Main", "--version")
                .run()
                .succeeded()
                .out())
        .startsWith("hsmrest ");
  }
}
