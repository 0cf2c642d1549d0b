package io.hsmrest.tests.scenario.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.jdk.ProviderJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The jar in JVMs of its own, registered as people register it. */
@Tag("scenario")
class StartUpTest {

  /** Prints what became of the provider; compiled by the java launcher itself. */
  private static final String PROGRAM =
      """
      public class Program {
        public static void main(String[] args) throws Exception {
          java.security.MessageDigest.getInstance("SHA-256");
          java.security.Provider p = java.security.Security.getProvider("HsmRest");
          System.out.println("position "
              + (1 + java.util.List.of(java.security.Security.getProviders()).indexOf(p)));
          java.security.KeyStore.getInstance("HsmRest");
          java.security.Signature.getInstance("SHA256withRSA", "HsmRest");
          System.out.println("module " + p.getClass().getModule().getName());
        }
      }
      """;

  /**
   * Beginnings of names of classes that a JVM loads when it talks to the service, and not before.
   */
  private static final List<String> LATE =
      List.of(
          "io.hsmrest.internal.hc.",
          "io.hsmrest.internal.jackson.",
          "io.hsmrest.internal.bouncycastle.",
          "io.hsmrest.client.rest.ApacheTransport",
          "io.hsmrest.client.rest.JsonMapping");

  private final Path folder;

  StartUpTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Path security(String text) throws IOException {
    return Files.writeString(folder.resolve("java.security"), text);
  }

  private Path program() throws IOException {
    return Files.writeString(folder.resolve("Program.java"), PROGRAM);
  }

  /** All of the JDK's providers with ours in front: an override file replaces line by line. */
  private static String first(String ours) {
    StringBuilder text = new StringBuilder("security.provider.1=" + ours + "\n");
    int number = 2;
    for (String name : jdkProviders()) {
      text.append("security.provider.").append(number++).append('=').append(name).append('\n');
    }
    return text.toString();
  }

  private static String[] jdkProviders() {
    return Arrays.stream(Security.getProviders())
        .filter(p -> p.getClass().getModule().getName() != null)
        .filter(p -> !p.getName().startsWith("HsmRest"))
        .map(Provider::getName)
        .toArray(String[]::new);
  }

  private static String last(String ours) {
    return "security.provider." + (jdkProviders().length + 1) + "=" + ours + "\n";
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void listingTheProviderLoadsNoHttpAndNoJson(boolean isFirst) throws IOException {
    String ours = "io.hsmrest.provider.HsmRestProvider /nowhere/hsmrest.properties";
    Command.Result result =
        Command.of(Jdk.current().tool("java"), "-Xlog:class+load:stdout", "-cp")
            .with(ProviderJar.path().toString())
            .with("-Djava.security.properties=" + security(isFirst ? first(ours) : last(ours)))
            .with(program().toString())
            .run()
            .succeeded();
    assertThat(result.out())
        .contains("position " + (isFirst ? 1 : jdkProviders().length + 1))
        .contains("io.hsmrest.provider.HsmRestProvider source")
        .doesNotContain(LATE);
  }

  /** Names that nothing in the jar has would be absent from the list above without any merit. */
  @Test
  void whatIsLoadedLateIsInTheJar() throws IOException {
    try (JarFile jar = new JarFile(ProviderJar.path().toFile())) {
      List<String> names = jar.stream().map(entry -> entry.getName().replace('/', '.')).toList();
      assertThat(LATE)
          .filteredOn(late -> names.stream().noneMatch(name -> name.startsWith(late)))
          .isEmpty();
    }
  }

  @Test
  void theServiceLoaderFindsItByName() throws IOException {
    Command.Result result =
        Command.of(Jdk.current().tool("java"), "-cp")
            .with(ProviderJar.path().toString())
            .with("-Djava.security.properties=" + security(last("HsmRest")))
            .with(program().toString())
            .run()
            .succeeded();
    assertThat(result.out()).contains("module null");
  }

  @Test
  void theModulePathWillDo() throws IOException {
    Command.Result result =
        Command.of(Jdk.current().tool("java"), "--add-modules=ALL-MODULE-PATH")
            .with("--module-path=" + ProviderJar.path())
            .with("-Djava.security.properties=" + security(last("HsmRest")))
            .with(program().toString())
            .run()
            .succeeded();
    assertThat(result.out()).contains("module io.hsmrest.provider");
  }

  /** A look at the digest, so that this class and the program see the same JDK. */
  @Test
  void theseTestsSeeTheJdksProviders() throws Exception {
    assertThat(MessageDigest.getInstance("SHA-256").getProvider().getName()).isEqualTo("SUN");
    assertThat(jdkProviders()).contains("SUN", "SunJSSE", "SunEC");
  }
}
