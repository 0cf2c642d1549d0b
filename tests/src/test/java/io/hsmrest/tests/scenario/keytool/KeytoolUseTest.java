package io.hsmrest.tests.scenario.keytool;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Secret;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.jdk.ProviderJar;
import io.hsmrest.tests.jdk.Registration;
import io.hsmrest.tests.scenario.HsmContents;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareKeys;
import java.io.File;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Provider;
import java.security.Signature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.TreeMap;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** keytool in less common circumstances: first in the list, found configuration, passwords. */
class KeytoolUseTest {
  private static final String[] WEB = {"-alias", "web", "-keyalg", "EC", "-dname", "CN=web"};
  private static final String P256 = "1.2.840.10045.3.1.7";

  @TempDir Path folder;

  static List<Jdk> jdks() {
    return Jdk.tested();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aProviderThatComesFirstMakesTheKeyWithoutBeingNamed(Jdk jdk) throws Exception {
    try (SimulatedHsm hsm = new SimulatedHsm()) {
      List<String> first = firstInTheList(jdk, configuration(hsm));
      keytool(jdk, first, "-genkeypair", "-protected", "-keystore", "NONE")
          .with("-storetype", "HsmRest")
          .with(WEB)
          .run()
          .succeeded();

      assertThat(HsmContents.of(hsm).hasKey("web")).isTrue();
      assertThat(HsmContents.of(hsm).certificateOf("web")).isPresent();
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aProviderThatComesFirstSaysWhyItMadeNoKey(Jdk jdk) throws Exception {
    try (SimulatedHsm hsm = new SimulatedHsm()) {
      HsmContents.of(hsm).create(NewKey.ec("web", P256));
      List<String> first =
          firstInTheList(jdk, configuration(hsm, "keys.withoutCertificate = hide"));
      Command.Result result =
          keytool(jdk, first, "-genkeypair", "-protected", "-keystore", "NONE")
              .with("-storetype", "HsmRest")
              .with(WEB)
              .run();

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.text())
          .contains("software key 'web' (EC) refused")
          .contains("the HSM made none: create key 'web' refused")
          .contains("608");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aProviderThatComesFirstLeavesOtherKeyStoresAlone(Jdk jdk) throws Exception {
    try (SimulatedHsm hsm = new SimulatedHsm()) {
      List<String> first = firstInTheList(jdk, configuration(hsm));
      keytool(jdk, first, "-genkeypair", "-keystore", "soft.p12", "-storepass", "test-password")
          .with(WEB)
          .run()
          .succeeded();

      assertThat(HsmContents.of(hsm).labels()).isEmpty();
      assertThat(folder.resolve("soft.p12")).isNotEmptyFile();
    }
  }

  /** Bouncy Castle's generator is not one that the JDK goes on to; we do, but not for keytool. */
  @ParameterizedTest
  @MethodSource("jdks")
  void aSoftwareKeyThatTheJdkLacksIsMadeByWhoeverIsNamedAlone(Jdk jdk) throws Exception {
    try (SimulatedHsm hsm = new SimulatedHsm()) {
      List<String> first = firstInTheList(jdk, configuration(hsm), new BouncyCastleProvider());
      String set = "SLH-DSA-SHA2-128f";
      Command generate =
          keytool(jdk, first, "-genkeypair", "-keystore", "soft.p12", "-storepass", "test-password")
              .with("-alias", "web", "-keyalg", set, "-sigalg", set, "-dname", "CN=web");
      assertThat(generate.run().text())
          .contains("no key is generated in the HSM without a name")
          .contains("for a software key name another provider");
      assertThat(folder.resolve("soft.p12")).doesNotExist();
      generate.with("-providername", "BC").run().succeeded();
      assertThat(folder.resolve("soft.p12")).isNotEmptyFile();
      assertThat(HsmContents.of(hsm).labels()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void theConfigurationIsFoundInTheWorkingDirectoryOrByTheEnvironment(Jdk jdk) throws Exception {
    try (SimulatedHsm hsm = new SimulatedHsm()) {
      HsmContents.of(hsm).create(NewKey.ec("web", P256));
      List<String> options = Registration.ADD_PROVIDER.options(jdk, folder, null);
      Path elsewhere = hsm.file(folder.resolve("elsewhere.properties"));
      Command byEnvironment =
          keytool(jdk, options, "-list", "-protected", "-keystore", "NONE")
              .with("-storetype", "HsmRest")
              .environment("HSMREST_CONFIG", elsewhere.toString());
      assertThat(byEnvironment.run().succeeded().out()).contains("web,");

      configuration(hsm);
      Command inFolder =
          keytool(jdk, options, "-list", "-protected", "-keystore", "NONE")
              .with("-storetype", "HsmRest");
      assertThat(inFolder.run().succeeded().out()).contains("web,");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void theStorePasswordCanBeTheToken(Jdk jdk) throws Exception {
    KeyPair issuer = SoftwareKeys.newKeys();
    String publicKey = Base64.getEncoder().encodeToString(issuer.getPublic().getEncoded());
    try (SimulatedHsm hsm =
        new SimulatedHsm("{\"accessTokens\": {\"publicKey\": \"" + publicKey + "\"}}")) {
      Path file = configuration(hsm, "auth.token = storepass:");
      List<String> options = Registration.ADD_PROVIDER.options(jdk, folder, file);

      Command.Result right =
          keytool(jdk, options, "-list", "-storepass:env", "TOKEN", "-keystore", "NONE")
              .with("-storetype", "HsmRest")
              .environment("TOKEN", token(issuer))
              .run();
      Command.Result wrong =
          keytool(jdk, options, "-list", "-storepass", "test-mistake", "-keystore", "NONE")
              .with("-storetype", "HsmRest")
              .run();

      assertThat(right.succeeded().out()).contains("contains 0 entries");
      assertThat(wrong.exitCode()).isEqualTo(1);
      assertThat(wrong.text())
          .contains("keytool error: java.io.IOException: list keys refused: HTTP 401")
          .contains("auth.token")
          .doesNotContain("test-mistake");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aKeyWithItsOwnPasswordIsUsedWithKeypass(Jdk jdk) throws Exception {
    try (SimulatedHsm hsm = new SimulatedHsm()) {
      HsmContents contents = HsmContents.of(hsm);
      contents.create(NewKey.ec("locked", P256).withPassword(Secret.of("test-password")));
      contents.attach(
          "locked",
          Material.CA.issue("locked", contents.publicKeyOf("locked", Secret.of("test-password"))));
      List<String> options = Registration.ADD_PROVIDER.options(jdk, folder, configuration(hsm));

      Command.Result result =
          keytool(jdk, options, "-certreq", "-storepass", "none", "-keystore", "NONE")
              .with("-storetype", "HsmRest", "-alias", "locked", "-keypass", "test-password")
              .run();

      assertThat(result.succeeded().out()).contains("BEGIN NEW CERTIFICATE REQUEST");
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aKeyStoreFileThatIsNotThereIsNotInvented(Jdk jdk) throws Exception {
    try (SimulatedHsm hsm = new SimulatedHsm()) {
      List<String> options = Registration.ADD_PROVIDER.options(jdk, folder, configuration(hsm));

      Command.Result result =
          keytool(jdk, options, "-genkeypair", "-protected", "-keystore", "missing.properties")
              .with("-storetype", "HsmRest", "-providername", "HsmRest")
              .with(WEB)
              .run();

      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.text())
          .contains("all changes have been made already")
          .contains("-keystore NONE");
      assertThat(folder.resolve("missing.properties")).doesNotExist();
      assertThat(HsmContents.of(hsm).certificateOf("web")).isPresent();
    }
  }

  /** A signed token (RFC 7519) for an hour. */
  private static String token(KeyPair issuer) throws GeneralSecurityException {
    String text =
        base64("{\"alg\":\"ES256\"}")
            + "."
            + base64(
                "{\"sub\":\"test\",\"exp\":"
                    + Instant.now().plusSeconds(3600).getEpochSecond()
                    + "}");
    Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
    signature.initSign(issuer.getPrivate());
    signature.update(text.getBytes(StandardCharsets.US_ASCII));
    return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private Path configuration(SimulatedHsm hsm, String... lines) {
    return hsm.file(folder.resolve("hsmrest.properties"), lines);
  }

  private Command keytool(Jdk jdk, List<String> options, String... arguments) {
    return Command.of(jdk.tool("keytool")).with(arguments).with(options).in(folder);
  }

  /** The JDK's own list behind us, and others behind that. */
  private List<String> firstInTheList(Jdk jdk, Path configuration, Provider... others)
      throws Exception {
    Properties security = new Properties();
    try (var in = Files.newInputStream(jdk.home().resolve("conf/security/java.security"))) {
      security.load(in);
    }
    TreeMap<Integer, String> providers = new TreeMap<>();
    providers.put(1, "HsmRest " + configuration);
    for (int i = 1; security.containsKey("security.provider." + i); i++) {
      providers.put(i + 1, security.getProperty("security.provider." + i));
    }
    String classPath = ProviderJar.path().toString();
    for (Provider other : others) {
      providers.put(providers.lastKey() + 1, other.getClass().getName());
      URI jar = other.getClass().getProtectionDomain().getCodeSource().getLocation().toURI();
      classPath += File.pathSeparator + Path.of(jar);
    }
    List<String> lines = new ArrayList<>();
    providers.forEach((number, name) -> lines.add("security.provider." + number + "=" + name));
    Path file = Files.write(folder.resolve("java.security"), lines);
    return List.of("-J-cp", "-J" + classPath, "-J-Djava.security.properties=" + file);
  }
}
