package io.hsmrest.tests.scenario.jarsigner;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.NewKey;
import io.hsmrest.tests.jdk.Command;
import io.hsmrest.tests.jdk.Jdk;
import io.hsmrest.tests.scenario.CertificateFiles;
import io.hsmrest.tests.scenario.HsmContents;
import io.hsmrest.tests.scenario.SimulatedHsm;
import io.hsmrest.tests.scenario.SoftwareCa;
import io.hsmrest.tests.scenario.SoftwareKeys;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The stock jarsigner of each JDK signs and verifies; requests are counted at the simulator. */
class JarsignerTest {
  private static final String SIGN = "POST /v1/synchronousSign";
  private static final SoftwareCa CA = SoftwareCa.root("Test CA");
  private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();

  @TempDir Path folder;
  private final SimulatedHsm hsm = new SimulatedHsm();
  private final HsmContents contents = HsmContents.of(hsm);

  @AfterEach
  void endSimulator() {
    hsm.close();
  }

  static List<Jdk> jdks() {
    return Jdk.tested();
  }

  static Stream<Arguments> keysAndAlgorithms() {
    return Stream.of(
            List.of("RSA", 2048, ""),
            List.of("RSA", 3072, ""),
            List.of("RSA", 4096, ""),
            List.of("RSA", 2048, "RSASSA-PSS"),
            List.of("RSA", 2048, "SHA512withRSA"),
            List.of("EC", 256, ""),
            List.of("EC", 384, ""),
            List.of("EC", 521, ""),
            List.of("EC", 256, "SHA512withECDSA"),
            List.of("Ed25519", 255, ""),
            List.of("Ed25519", 255, "EdDSA"))
        .flatMap(
            key ->
                jdks().stream().map(jdk -> Arguments.of(jdk, key.get(0), key.get(1), key.get(2))));
  }

  @ParameterizedTest
  @MethodSource("keysAndAlgorithms")
  void signsAndIsVerifiedStrictly(Jdk jdk, String algorithm, int bits, String sigalg) {
    KeyPair pair =
        PAIRS.computeIfAbsent(algorithm + bits, type -> SoftwareKeys.newKeys(algorithm, bits));
    contents.key("signer", pair, CA.issue("signer", pair.getPublic()));
    contents.certificate("ca", CA.certificate());
    JarSigning signing = new JarSigning(jdk, hsm, folder);
    String[] options = sigalg.isEmpty() ? new String[0] : new String[] {"-sigalg", sigalg};
    hsm.simulator().resetRequests();

    assertThat(signing.sign("signer", options).succeeded().out()).contains("jar signed.");

    // One list, two requests for each of two labels, one signature.
    assertThat(hsm.simulator().requests())
        .containsOnly(
            Map.entry("GET /v1/key", 1L),
            Map.entry("POST /v1/key/attributes", 2L),
            Map.entry("GET /v1/certificate/signer", 1L),
            Map.entry("GET /v1/certificate/ca", 1L),
            Map.entry(SIGN, 1L));
    assertThat(signing.verifyStrictly().succeeded().out())
        .contains("jar verified.")
        .contains("CN=signer")
        .contains("CN=Test CA");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void signsWithACertificateChainFromAFile(Jdk jdk) {
    KeyPair pair = SoftwareKeys.newKeys();
    X509Certificate issued = CA.issue("from file", pair.getPublic());
    contents.keyWithoutCertificate("bare", pair);
    contents.certificate("ca", CA.certificate());
    JarSigning signing = new JarSigning(jdk, hsm, folder);
    Path chain = signing.file("chain.pem", CertificateFiles.pem(issued, CA.certificate()));

    signing.sign("bare", "-certchain", chain.toString()).succeeded();

    assertThat(signing.verifyStrictly().succeeded().out()).contains("CN=from file");
    assertThat(contents.certificateOf("bare")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aGatedKeySignsWhenPeopleHaveApproved(Jdk jdk) throws Exception {
    contents.create(
        NewKey.ec("gated", "1.2.840.10045.3.1.7").withPolicy(hsm.approvedBy(1, "alice")));
    contents.attach("gated", CA.issue("gated", contents.publicKeyOf("gated")));
    JarSigning signing = new JarSigning(jdk, hsm, folder, "approval.poll = 20ms..100ms");

    CompletableFuture<Command.Result> result =
        CompletableFuture.supplyAsync(() -> signing.sign("gated"));
    String request = hsm.simulator().awaitPendingRequest(Duration.ofSeconds(60));
    assertThat(result).isNotDone();
    hsm.simulator().approve(request, "alice");

    assertThat(result.get().succeeded().out()).contains("jar signed.");
    assertThat(result.get().err()).contains(request).contains("gated");
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void aSignatureThatIsRejectedLeavesTheJarAsItWas(Jdk jdk) throws Exception {
    contents.create(
        NewKey.ec("gated", "1.2.840.10045.3.1.7").withPolicy(hsm.approvedBy(1, "alice")));
    contents.attach("gated", CA.issue("gated", contents.publicKeyOf("gated")));
    JarSigning signing = new JarSigning(jdk, hsm, folder, "approval.poll = 20ms..100ms");
    byte[] before = signing.jar();

    CompletableFuture<Command.Result> result =
        CompletableFuture.supplyAsync(() -> signing.sign("gated"));
    hsm.simulator().reject(hsm.simulator().awaitPendingRequest(Duration.ofSeconds(60)), "alice");

    assertThat(result.get().exitCode()).isEqualTo(1);
    assertThat(result.get().text())
        .contains("jarsigner: unable to sign jar:")
        .containsIgnoringCase("rejected")
        .doesNotContain("\tat ");
    assertThat(signing.jar()).isEqualTo(before);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void oneKeyAmongAThousandIsFoundWithEachReadOnce(Jdk jdk) {
    KeyPair pair = SoftwareKeys.newKeys();
    X509Certificate certificate = CA.issue("shared", pair.getPublic());
    for (int i = 0; i < 1_000; i++) {
      contents.key("key" + i, pair, certificate);
    }
    hsm.simulator().resetRequests();

    new JarSigning(jdk, hsm, folder).sign("key500").succeeded();

    assertThat(hsm.simulator().requests())
        .containsEntry("GET /v1/key", 1L)
        .containsEntry("POST /v1/key/attributes", 1_000L)
        .containsEntry(SIGN, 1L);
    // The last one asks for the issuer, which is nowhere in the partition.
    assertThat(hsm.simulator().requestCount()).isEqualTo(1 + 2 * 1_000 + 1 + 1);

    hsm.simulator().resetRequests();
    new JarSigning(jdk, hsm, folder, "keys.include = key500").sign("key500").succeeded();

    assertThat(hsm.simulator().requests()).doesNotContainKey("GET /v1/key");
    // Attributes, certificate, the question for its issuer, the signature.
    assertThat(hsm.simulator().requestCount()).isEqualTo(4);
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void anAliasThatIsNotThereIsNamed(Jdk jdk) {
    contents.keyWithoutCertificate("bare", SoftwareKeys.newKeys());
    JarSigning signing = new JarSigning(jdk, hsm, folder);

    for (String alias : List.of("nobody", "bare")) {
      Command.Result result = signing.sign(alias);
      assertThat(result.exitCode()).isEqualTo(1);
      assertThat(result.text()).contains("Certificate chain not found for: " + alias + ".");
    }
  }
}
