package io.hsmrest.tests.scenario.keytool;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.jdk.Command;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/** {@code -genkeypair}, and the other commands that make keys. */
final class KeyPairRows {
  private static final String[] NAMED = {"-dname", "CN=web", "-providername", "HsmRest"};

  private KeyPairRows() {}

  static List<Row> all() {
    return List.of(
        genkeypair("RSA key", "-keyalg", "RSA", "-keysize", "2048").works(makes("web", "RSA")),
        genkeypair("EC key on a named curve", "-keyalg", "EC", "-groupname", "secp256r1")
            .works(makes("web", "EC")),
        genkeypair("EC key by size", "-keyalg", "EC", "-keysize", "384").works(makes("web", "EC")),
        genkeypair("Ed25519 key", "-keyalg", "Ed25519").works(makes("web", "Ed25519")),
        genkeypair("ML-DSA key", "-keyalg", "ML-DSA-65", "-sigalg", "ML-DSA-65")
            .works(
                (bench, result) -> {
                  assertThat(bench.contents().hasKey("web")).isTrue();
                  assertThat(bench.contents().certificateOf("web")).isPresent();
                }),
        Row.of(
                "with a store password",
                arguments(
                    "-genkeypair -storepass 123456 -keypass 123456 -alias web -keyalg EC", NAMED))
            .works(makes("web", "EC")),
        Row.of("without -alias", arguments("-genkeypair -protected -keyalg EC", NAMED))
            .works(makes("mykey", "EC")),
        Row.of("options from a file", "-conf", "genkeypair.conf", "-genkeypair", "-protected")
            .given(
                bench ->
                    bench.file(
                        "genkeypair.conf",
                        "keytool.genkeypair = -alias web -keyalg EC -dname CN=web -providername"
                            + " HsmRest\n"))
            .works(makes("web", "EC")),
        Row.of(
                "certificate signed by another key of the HSM",
                arguments(
                    "-genkeypair -storepass 123456 -keypass 123456 -alias web -keyalg EC -signer"
                        + " ca",
                    NAMED))
            .given(
                bench -> bench.contents().key("ca", Material.CA.keys(), Material.CA.certificate()))
            .works(
                (bench, result) -> {
                  X509Certificate made = bench.contents().certificateOf("web").orElseThrow();
                  assertThat(made.getIssuerX500Principal())
                      .isEqualTo(Material.CA.certificate().getSubjectX500Principal());
                }),
        Row.of(
                "without -providername",
                "-genkeypair",
                "-protected",
                "-alias",
                "web",
                "-keyalg",
                "EC",
                "-dname",
                "CN=web")
            .isRefused(makesNothing()),
        genkeypair("algorithm that the HSM is not asked for", "-keyalg", "DSA")
            .isRefused(makesNothing()),
        genkeypair("RSASSA-PSS as key type", "-keyalg", "RSASSA-PSS").isRefused(makesNothing()),
        genkeypair("alias that exists", "-keyalg", "EC")
            .given(bench -> bench.contents().key("web", Material.WEB))
            .isRefused(
                (bench, result) ->
                    assertThat(bench.contents().certificateOf("web").orElseThrow().getPublicKey())
                        .isEqualTo(Material.WEB.getPublic())),
        Row.of(
                "alias with a slash",
                arguments("-genkeypair -protected -alias a/b -keyalg EC", NAMED))
            .isRefused(makesNothing()),
        genkeypair(
                "keytool fails after the key was made",
                "-keyalg",
                "EC",
                "-sigalg",
                "MD5withNothing")
            .isRefused(
                (bench, result) -> {
                  assertThat(bench.contents().hasKey("web")).isTrue();
                  assertThat(bench.contents().certificateOf("web")).isEmpty();
                }),
        Row.of(
                "secret key",
                "-genseckey",
                "-protected",
                "-alias",
                "web",
                "-keyalg",
                "AES",
                "-keysize",
                "256")
            .isRefused(makesNothing()),
        Row.of("password as secret key", "-importpass", "-protected", "-alias", "web")
            .isRefused(makesNothing()));
  }

  private static Row genkeypair(String what, String... options) {
    return Row.of(
        what,
        Stream.of(
                Stream.of("-genkeypair", "-protected", "-alias", "web"),
                Stream.of(options),
                Stream.of(NAMED))
            .flatMap(words -> words)
            .toArray(String[]::new));
  }

  private static String[] arguments(String words, String... more) {
    return Stream.concat(Stream.of(words.split(" ")), Stream.of(more)).toArray(String[]::new);
  }

  private static Row.Check makes(String label, String algorithm) {
    return (bench, result) -> {
      assertThat(bench.contents().hasKey(label)).isTrue();
      X509Certificate certificate = bench.contents().certificateOf(label).orElseThrow();
      assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=web");
      assertThat(certificate.getPublicKey().getAlgorithm())
          .isEqualTo(algorithm.equals("Ed25519") ? "EdDSA" : algorithm);
      assertVerifies(certificate);
    };
  }

  private static void assertVerifies(X509Certificate certificate) {
    try {
      certificate.verify(certificate.getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static Row.Check makesNothing() {
    return (Bench bench, Command.Result result) -> assertThat(bench.contents().labels()).isEmpty();
  }
}
