package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.UnrecoverableKeyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code load} accepts and proves, and what {@code store} writes. */
class LoadAndStoreTest {
  private final InMemoryHsm hsm = new InMemoryHsm().withKey("key", Certificates.ec());
  private final HsmKeyStoreSpi spi = new HsmKeyStoreSpi(ConfigurationSource.standard());

  @Test
  void loadProvesThatTheServiceAnswersWithOneList() {
    TestStore.over(hsm).loaded();

    assertThat(hsm.takeCalls()).containsExactly("list");
  }

  @Test
  void loadAsksNothingWhereTheLabelsAreExact() {
    TestStore.over(hsm, "keys.include = key").loaded();

    assertThat(hsm.takeCalls()).isEmpty();
  }

  @Test
  void aServiceThatDoesNotAnswerIsAnIoException() {
    hsm.failing(Refusal.noConnection("list keys"));

    assertThatThrownBy(() -> TestStore.over(hsm).unloaded().load(null))
        .isInstanceOf(IOException.class)
        .hasMessage("list keys: connection refused");
  }

  @Test
  void aCredentialThatIsRefusedIsTheCauseThatKeyStoreLoadNames() {
    hsm.failing(Refusal.wrongApiKey("list keys"));

    assertThatThrownBy(() -> TestStore.over(hsm).unloaded().load(null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("Invalid API key")
        .hasCauseInstanceOf(UnrecoverableKeyException.class);
  }

  @Test
  void aLoadThatFailsLeavesTheStoreAsItWas() throws Exception {
    KeyStore store = TestStore.loadedOver(hsm);
    assertThatThrownBy(
            () -> store.load(new ByteArrayInputStream(bytes("endpoint = ftp://x")), null))
        .isInstanceOf(IOException.class);

    assertThat(store.size()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "endpoint = http://127.0.0.1:1",
        "  endpoint: http://127.0.0.1:1",
        "# comment\r\nendpoint\thttp://127.0.0.1:1\r\n",
        "\ufeffendpoint=http://127.0.0.1:1",
        "name = x\nendpoint = a"
      })
  void aConfigurationIsRecognised(String text) throws Exception {
    assertThat(spi.engineProbe(new ByteArrayInputStream(bytes(text)))).isTrue();
  }

  @Test
  void aConfigurationIsRecognisedBehindALongComment() throws Exception {
    String text = ("# " + "x".repeat(78) + "\n").repeat(100) + "endpoint = http://127.0.0.1:1\n";

    assertThat(spi.engineProbe(new ByteArrayInputStream(bytes(text)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "# endpoint = http://127.0.0.1:1",
        "endpoints = http://127.0.0.1:1",
        "my.endpoint = http://127.0.0.1:1",
        "-----BEGIN CERTIFICATE-----\nendpoint"
      })
  void otherTextIsNotRecognised(String text) throws Exception {
    assertThat(spi.engineProbe(new ByteArrayInputStream(bytes(text)))).isFalse();
  }

  @Test
  void otherKeyStoresAreNeitherRecognisedNorLoaded() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    KeyStore pkcs12 = KeyStore.getInstance("PKCS12");
    pkcs12.load(null, null);
    pkcs12.store(out, "test".toCharArray());
    byte[] cacerts =
        Files.readAllBytes(Path.of(System.getProperty("java.home"), "lib/security/cacerts"));

    for (byte[] other : new byte[][] {out.toByteArray(), cacerts, new byte[3]}) {
      assertThat(spi.engineProbe(new ByteArrayInputStream(other))).isFalse();
      assertThatThrownBy(() -> spi.engineLoad(new ByteArrayInputStream(other), null))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("key store file");
    }
  }

  @Test
  void aFileOfMoreThanAMebibyteIsNoConfiguration() {
    byte[] large = bytes("#" + "x".repeat(1 << 20));

    assertThatThrownBy(() -> spi.engineLoad(new ByteArrayInputStream(large), null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than 1 MiB");
  }

  @Test
  void aMissingConfigurationIsNamedWithThePlacesToPutIt(@TempDir Path folder) {
    HsmKeyStoreSpi nowhere =
        new HsmKeyStoreSpi(ConfigurationSource.of(folder.resolve("gone.properties").toString()));

    assertThatThrownBy(() -> nowhere.engineLoad(null, null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("gone.properties does not exist");
  }

  @Test
  void theFileIsWrittenBackByteForByte() throws Exception {
    TestStore source = TestStore.over(hsm, "# a comment with ümlauts\r\nkeys.cacheTtl=1m  ");
    KeyStore store = source.unloaded();
    store.load(new ByteArrayInputStream(source.properties()), "test".toCharArray());
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    store.store(out, "test".toCharArray());

    assertThat(out.toByteArray()).isEqualTo(source.properties());
  }

  @Test
  void aStoreThatCameFromNoFileWritesNone() throws Exception {
    KeyStore store = TestStore.over(hsm).unloaded();
    store.load(null, null);

    assertThatThrownBy(() -> store.store(new ByteArrayOutputStream(), null))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("all changes have been made already")
        .hasMessageContaining("-keystore NONE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "test-old"})
  void aNewPasswordIsRefusedAndNothingWritten(String old) throws Exception {
    TestStore source = TestStore.over(hsm);
    KeyStore store = source.unloaded();
    store.load(new ByteArrayInputStream(source.properties()), old.toCharArray());
    ByteArrayOutputStream out = new ByteArrayOutputStream();

    assertThatThrownBy(() -> store.store(out, "test-new".toCharArray()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be changed here")
        .hasMessageNotContainingAny("test-old", "test-new");
    assertThat(out.size()).isZero();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
