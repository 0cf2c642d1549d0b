package io.hsmrest.tests.scenario.keytool;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** {@code -importkeystore} in both directions, and what happens when the store cannot be loaded. */
final class ImportRows {
  private static final X509Certificate CA = Material.CA.certificate();

  private ImportRows() {}

  static List<Row> all() {
    return List.of(
        into("a key pair", "-srcalias", "pair", "-destalias", "web")
            .isRefusedForTheEntry(
                (bench, result) -> assertThat(bench.contents().labels()).isEmpty()),
        into("a key pair, keys.import=allow", "-srcalias", "pair", "-destalias", "web")
            .configured("keys.import = allow")
            .works(
                (bench, result) -> {
                  assertThat(bench.contents().hasKey("web")).isTrue();
                  assertThat(bench.contents().isExtractable("web")).isFalse();
                  assertThat(bench.contents().certificateOf("web")).contains(Material.WEB_OF_CA);
                  assertThat(ChangeRows.chainOf(bench)).containsExactly(Material.WEB_OF_CA, CA);
                  assertThat(
                          bench
                              .keytool(List.of("-list", "-protected", "-alias", "web"))
                              .succeeded()
                              .out())
                      .contains("web,", "PrivateKeyEntry");
                }),
        into("everything in a file")
            .isRefusedForTheEntry(
                (bench, result) -> assertThat(bench.contents().labels()).containsExactly("ca")),
        outOf("a certificate", "ca", "PKCS12")
            .onlyWith(Form.Store.FILE)
            .works((bench, result) -> assertThat(aliasesIn(bench, "out")).containsExactly("ca")),
        outOf("a key", "web", "PKCS12")
            .onlyWith(Form.Store.FILE)
            .isRefusedForTheEntry((bench, result) -> assertThat(aliasesIn(bench, "out")).isEmpty()),
        outOf("a key", "web", "JKS")
            .onlyWith(Form.Store.FILE)
            .isRefusedForTheEntry((bench, result) -> {}),
        outOf("anything", "ca", "PKCS12")
            .onlyWith(Form.Store.NONE)
            .isRefused(
                (bench, result) -> assertThat(bench.contents().labels()).contains("web", "ca")),
        Row.of("a service that does not answer", "-list", "-protected")
            .configured("retry.maxAttempts = 1")
            .given(bench -> bench.hsm().close())
            .isRefused((bench, result) -> assertThat(result.text()).contains("endpoint")),
        Row.of("a setting that nobody knows", "-list", "-protected")
            .configured("keys.includes = web")
            .isRefused((bench, result) -> assertThat(result.text()).contains("keys.include")));
  }

  private static Row into(String what, String... options) {
    return Row.of(
            what,
            words(
                "-importkeystore -noprompt -srckeystore soft.p12 -srcstorepass "
                    + Material.PKCS12_PASSWORD
                    + " -destprotected",
                options))
        .withStoreAs("-destkeystore")
        .given(bench -> bench.file("soft.p12", Material.pkcs12()));
  }

  private static Row outOf(String what, String alias, String type) {
    return Row.of(
            what + " into " + type,
            words(
                "-importkeystore -noprompt -srcprotected -srcalias "
                    + alias
                    + " -destkeystore out -deststoretype "
                    + type
                    + " -deststorepass "
                    + Material.PKCS12_PASSWORD))
        .withStoreAs("-srckeystore")
        .given(
            bench -> {
              bench.contents().key("web", Material.WEB);
              bench.contents().certificate("ca", CA);
            });
  }

  private static String[] words(String text, String... more) {
    return Stream.concat(Stream.of(text.split(" ")), Stream.of(more)).toArray(String[]::new);
  }

  private static List<String> aliasesIn(Bench bench, String file) {
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      byte[] content = Files.readAllBytes(bench.path(file));
      store.load(new ByteArrayInputStream(content), Material.PKCS12_PASSWORD.toCharArray());
      return Collections.list(store.aliases());
    } catch (IOException | GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }
}
