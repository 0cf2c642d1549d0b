package io.hsmrest.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.model.Secret;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretSourceTest {
  @TempDir Path folder;

  private static Secret resolve(String text) throws HsmConfigurationException {
    return SecretSource.of("auth.token", text).resolve(null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eyJhbGciOi", "storepass", "environment:X", "files:/x", " env:PATH"})
  void textIsTheSecretItself(String text) throws Exception {
    assertThat(resolve(text)).isEqualTo(Secret.of(text));
  }

  @Test
  void readsTheEnvironment() throws Exception {
    // A variable that is set wherever tests run.
    assertThat(resolve("env:PATH").reveal()).isEqualTo(System.getenv("PATH").strip());
  }

  @Test
  void saysWhichVariableIsMissing() {
    assertThatThrownBy(() -> resolve("env:HSMREST_NO_SUCH_VARIABLE"))
        .isInstanceOf(HsmConfigurationException.class)
        .hasMessage("auth.token: the environment variable HSMREST_NO_SUCH_VARIABLE is not set");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:", "file://"})
  void readsAFileAtEveryUse(String scheme) throws Exception {
    Path file = Files.writeString(folder.resolve("token"), " first \n");
    SecretSource source = SecretSource.of("auth.token", scheme + file);
    assertThat(source.resolve(null)).isEqualTo(Secret.of("first"));
    Files.writeString(file, "second");
    assertThat(source.resolve(null)).isEqualTo(Secret.of("second"));
  }

  @Test
  void saysWhatIsWrongWithAFile() throws Exception {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> resolve("file:" + missing))
        .isInstanceOf(HsmConfigurationException.class)
        .hasMessage("auth.token: the file " + missing + " cannot be read (NoSuchFileException)");
    Path empty = Files.writeString(folder.resolve("empty"), " \n");
    assertThatThrownBy(() -> resolve("file:" + empty))
        .hasMessage("auth.token: the file " + empty + " is empty");
    Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, (byte) 0xfe});
    assertThatThrownBy(() -> resolve("file:" + binary))
        .hasMessage("auth.token: the file " + binary + " cannot be read (MalformedInputException)");
  }

  @Test
  void standsForTheStorePassword() throws Exception {
    SecretSource source = SecretSource.of("auth.token", "storepass:");
    assertThat(source.resolve(Secret.of("typed"))).isEqualTo(Secret.of("typed"));
    String none = "auth.token: storepass: stands for the key store password, and none was given";
    assertThatThrownBy(() -> source.resolve(null)).hasMessage(none);
    assertThatThrownBy(() -> source.resolve(Secret.of(""))).hasMessage(none);
  }
}
