package io.hsmrest.tests.scenario.keytool;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.tests.scenario.CertificateFiles;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Commands that bring certificates in, and that change, rename or delete entries. */
final class ChangeRows {
  private static final X509Certificate CA = Material.CA.certificate();
  private static final Consumer<Bench> WEB = bench -> bench.contents().key("web", Material.WEB);

  private ChangeRows() {}

  static List<Row> all() {
    return List.of(
        importcert("trusted certificate", "-protected", "ca", "ca.pem")
            .given(bench -> bench.file("ca.pem", CertificateFiles.pem(CA)))
            .works(
                (bench, result) -> assertThat(bench.contents().certificateOf("ca")).contains(CA)),
        importcert("one certificate, its CA is an entry", "-storepass none", "web", "web.pem")
            .given(
                bench -> {
                  WEB.accept(bench);
                  bench.contents().certificate("ca", CA);
                  bench.file("web.pem", CertificateFiles.pem(Material.WEB_OF_CA));
                })
            .works(installs()),
        importcert("one certificate of a CA nobody knows", "-storepass none", "web", "web.pem")
            .given(
                bench -> {
                  WEB.accept(bench);
                  bench.file("web.pem", CertificateFiles.pem(Material.WEB_OF_CA));
                })
            .isRefused(keepsCertificate()),
        importcert("chain in PEM", "-storepass none", "web", "chain.pem")
            .given(
                bench -> {
                  WEB.accept(bench);
                  bench.file("chain.pem", CertificateFiles.pem(Material.WEB_OF_CA, CA));
                })
            .works(installsWithChain()),
        importcert("chain in PKCS#7", "-storepass none", "web", "chain.p7b")
            .given(
                bench -> {
                  WEB.accept(bench);
                  bench.file("chain.p7b", CertificateFiles.pkcs7(Material.WEB_OF_CA, CA));
                })
            .works(installsWithChain()),
        importcert("certificate of another key", "-storepass none", "web", "chain.pem")
            .given(
                bench -> {
                  WEB.accept(bench);
                  X509Certificate other = Material.CA.issue("other", Material.OTHER.getPublic());
                  bench.file("chain.pem", CertificateFiles.pem(other, CA));
                })
            .isRefused(keepsCertificate()),
        Row.of("a certificate", "-delete", "-protected", "-alias", "ca")
            .given(bench -> bench.contents().certificate("ca", CA))
            .works((bench, result) -> assertThat(bench.contents().labels()).isEmpty()),
        Row.of("a key", "-delete", "-protected", "-alias", "web")
            .given(WEB)
            .isRefused(keepsCertificate()),
        Row.of("a key, keys.delete=allow", "-delete", "-protected", "-alias", "web")
            .configured("keys.delete = allow")
            .given(WEB)
            .works((bench, result) -> assertThat(bench.contents().labels()).isEmpty()),
        Row.of(
                "a key, allowed for this command alone",
                "-delete",
                "-protected",
                "-alias",
                "web",
                "-J-Dhsmrest.keys.delete=allow")
            .given(WEB)
            .works((bench, result) -> assertThat(bench.contents().labels()).isEmpty()),
        changealias("a certificate", "ca")
            .given(bench -> bench.contents().certificate("ca", CA))
            .works(
                (bench, result) -> {
                  assertThat(bench.contents().labels()).containsExactly("renamed");
                  assertThat(bench.contents().certificateOf("renamed")).contains(CA);
                }),
        changealias("a key", "web").given(WEB).isRefused(keepsCertificate()),
        changealias("a key without certificate", "bare")
            .given(bench -> bench.contents().keyWithoutCertificate("bare", Material.OTHER))
            .isRefused(
                (bench, result) -> assertThat(bench.contents().labels()).containsExactly("bare")),
        Row.of("of a key", "-keypasswd", "-storepass", "123456", "-alias", "web", "-new", "654321")
            .given(WEB)
            .isRefused(keepsCertificate()),
        Row.of("of the key store", "-storepasswd", "-storepass", "123456", "-new", "654321")
            .given(WEB)
            .isRefused(keepsCertificate()));
  }

  private static Row importcert(String what, String password, String alias, String file) {
    String words = "-importcert " + password + " -noprompt -alias " + alias + " -file " + file;
    return Row.of(what, words.split(" "));
  }

  private static Row changealias(String what, String alias) {
    return Row.of(what, "-changealias", "-protected", "-alias", alias, "-destalias", "renamed");
  }

  private static Row.Check installs() {
    return (bench, result) -> {
      assertThat(bench.contents().certificateOf("web")).contains(Material.WEB_OF_CA);
      assertThat(bench.contents().hasKey("web")).isTrue();
    };
  }

  private static Row.Check installsWithChain() {
    return (bench, result) -> {
      installs().run(bench, result);
      assertThat(chainOf(bench)).containsExactly(Material.WEB_OF_CA, CA);
    };
  }

  static List<X509Certificate> chainOf(Bench bench) {
    try {
      return Stream.of(bench.hsm().keyStore().getCertificateChain("web"))
          .map(X509Certificate.class::cast)
          .toList();
    } catch (KeyStoreException e) {
      throw new AssertionError(e);
    }
  }

  private static Row.Check keepsCertificate() {
    return (bench, result) -> {
      assertThat(bench.contents().hasKey("web")).isTrue();
      X509Certificate certificate = bench.contents().certificateOf("web").orElseThrow();
      assertThat(certificate.getIssuerX500Principal()).hasToString("CN=web");
      assertThat(bench.contents().labels()).containsExactly("web");
    };
  }
}
