package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmConfigurationException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where the configuration is looked for. The working directory's own place has a scenario test. */
class ConfigurationSourceTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeFile() throws Exception {
    file = folder.resolve("my hsm.properties");
    Files.writeString(file, "endpoint = http://127.0.0.1:1\nname = from-file\n");
  }

  @AfterEach
  void clearProperties() {
    System.clearProperty("hsmrest.config");
    System.clearProperty("hsmrest.name");
    System.clearProperty("hsmrest.contract.url");
  }

  @Test
  void readsAPathOrAUrl() throws Exception {
    for (String location : new String[] {file.toString(), file.toUri().toString()}) {
      ConfigurationSource source = ConfigurationSource.of(location);

      assertThat(source.read().name()).contains("from-file");
      assertThat(source.describe()).isEqualTo(location);
    }
  }

  @Test
  void theSystemPropertyNamesTheFileWhereNothingElseDoes() throws Exception {
    System.setProperty("hsmrest.config", file.toString());

    assertThat(ConfigurationSource.standard().read().name()).contains("from-file");
  }

  @Test
  void theArgumentWinsOverTheSystemProperty() throws Exception {
    System.setProperty("hsmrest.config", folder.resolve("gone").toString());

    assertThat(ConfigurationSource.of(file.toString()).read().name()).contains("from-file");
  }

  @Test
  void systemPropertiesOverrideSettingsAndForeignOnesAreLeftAlone() throws Exception {
    System.setProperty("hsmrest.name", "from-property");
    System.setProperty("hsmrest.contract.url", "http://127.0.0.1:2");

    assertThat(ConfigurationSource.of(file.toString()).read().name()).contains("from-property");
  }

  @Test
  void whatCannotBeReadIsNamed() {
    assertThatThrownBy(() -> ConfigurationSource.of(folder.resolve("gone").toString()).read())
        .isInstanceOf(HsmConfigurationException.class)
        .hasMessageContaining("gone does not exist");
    assertThatThrownBy(() -> ConfigurationSource.of("nonsense://x").read())
        .isInstanceOf(HsmConfigurationException.class)
        .hasMessageContaining("neither a file nor a URL");
    assertThatThrownBy(() -> ConfigurationSource.of(folder.toString()).read())
        .isInstanceOf(HsmConfigurationException.class)
        .hasMessageContaining("cannot be read");
  }

  @Test
  void aConfigurationMadeInCodeIsItsOwnSource() throws Exception {
    HsmRestConfig config = ConfigurationSource.of(file.toString()).read();

    assertThat(ConfigurationSource.of(config).read()).isSameAs(config);
  }

  @Test
  void configurationsAreEqualWhenTheirSettingsAreAndPrintNoValues() throws Exception {
    HsmRestConfig config = ConfigurationSource.of(file.toString()).read();

    assertThat(ConfigurationSource.of(file.toUri().toString()).read())
        .isEqualTo(config)
        .hasSameHashCodeAs(config);
    assertThat(config.toString()).contains("name").doesNotContain("from-file");
    Files.writeString(file, "endpoint = http://127.0.0.1:1\n");
    assertThat(ConfigurationSource.of(file.toString()).read()).isNotEqualTo(config);
  }
}
