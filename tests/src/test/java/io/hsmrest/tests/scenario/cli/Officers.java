package io.hsmrest.tests.scenario.cli;

import io.hsmrest.client.HsmClient;
import io.hsmrest.client.HsmClientConfig;
import io.hsmrest.client.HsmException;
import io.hsmrest.client.model.NewKey;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.Policy;
import io.hsmrest.client.model.RequestMetadata;
import io.hsmrest.client.model.RequestState;
import io.hsmrest.client.model.SignRequest;
import io.hsmrest.client.rest.HsmClients;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.jdk.ProviderJar;
import io.hsmrest.tests.scenario.Policies;
import io.hsmrest.tests.scenario.SimulatedHsm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A service, security officers with keys of their own, and the command line between them. */
final class Officers implements AutoCloseable {
  static final String PASSWORD = "only-for-tests";
  private static final String P_256 = "1.2.840.10045.3.1.7";
  private static final Duration SOON = Duration.ofSeconds(60);

  private final SimulatedHsm hsm;
  private final Path keys;
  private final Path folder;
  private final Path configuration;
  private final HsmClient client;

  /**
   * Begins.
   *
   * @param keys where the officers' keys are
   * @param folder for files of its own
   * @param simulator settings of the service
   */
  Officers(Path keys, Path folder, String simulator) throws Exception {
    this.keys = keys;
    this.folder = folder;
    this.hsm = new SimulatedHsm(simulator);
    this.configuration =
        hsm.file(folder.resolve("hsmrest.properties"), "approval.poll = 20ms..50ms");
    this.client = HsmClients.connect(HsmClientConfig.read(hsm.config().settings(), null));
    Files.writeString(folder.resolve("password"), PASSWORD);
  }

  SimulatedHsm hsm() {
    return hsm;
  }

  Path configuration() {
    return configuration;
  }

  /** Makes an officer's key with keytool, as the documentation says. */
  static void hire(Path folder, String name, String... options) {
    Command.of(Jdk.current().tool("keytool"), "-genkeypair", "-alias", name)
        .with("-dname", "CN=" + name, "-storetype", "PKCS12", "-storepass", PASSWORD)
        .with("-keystore", folder.resolve(name + ".p12").toString())
        .with(options)
        .run()
        .succeeded();
  }

  String key(String name) {
    return keys.resolve(name + ".p12").toString();
  }

  private X509Certificate certificate(String name) {
    try {
      return (X509Certificate)
          KeyStore.getInstance(Path.of(key(name)).toFile(), PASSWORD.toCharArray())
              .getCertificate(name);
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Named by public key. */
  Policy.Approver approver(String name) {
    return new Policy.Approver(
        "public_key", name, Octets.of(certificate(name).getPublicKey().getEncoded()));
  }

  /** Named by certificate. */
  Policy.Approver certified(String name) {
    try {
      return new Policy.Approver("certificate", name, Octets.of(certificate(name).getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A key in the HSM that so many of them have to agree on. */
  void gate(String label, int quorum, Policy.Approver... approvers) {
    Policy.Group group = new Policy.Group("Group1", quorum, List.of(approvers));
    hsm.create(NewKey.ec(label, P_256).withPolicy(Policies.everything(group)));
  }

  /** Asks for a signature. */
  String ask(String label, String message) throws HsmException {
    return client.submitSign(
        new SignRequest(
            label,
            null,
            "SHA256_WITH_ECDSA",
            null,
            Octets.of(message.getBytes(StandardCharsets.UTF_8))),
        new RequestMetadata(
            Octets.of("{\"app\": \"payments\"}".getBytes(StandardCharsets.UTF_8)), null));
  }

  HsmClient client() {
    return client;
  }

  RequestState state(String request) throws HsmException {
    return client.readRequest(request).state();
  }

  void await(String request, RequestState state) throws HsmException {
    Instant last = Instant.now().plus(SOON);
    while (state(request) != state) {
      if (Instant.now().isAfter(last)) {
        throw new AssertionError("request is " + state(request));
      }
      Thread.onSpinWait();
    }
  }

  String[] keyOf(String name) {
    return new String[] {"--key", key(name), "--password", "file:" + folder.resolve("password")};
  }

  /** {@code approve} with an officer's key. */
  Command approve(String name, String... options) {
    return command("approve").with(keyOf(name)).with(configured()).with(options);
  }

  /** Another command, with the configuration. */
  Command requests(String... words) {
    return command("requests").with(words).with(configured());
  }

  private String[] configured() {
    return new String[] {"--config", configuration.toString()};
  }

  /** The jar as a program, in the folder, in which no configuration is found. */
  Command command(String... words) {
    try {
      Path empty = Files.createDirectories(folder.resolve("empty"));
      return Command.of(Jdk.current().tool("java"), "-XX:TieredStopAtLevel=1")
          .with("-Duser.home=" + empty, "-jar")
          .with(ProviderJar.path().toString())
          .with(words)
          .in(empty);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    client.close();
    hsm.close();
  }
}
