package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hsmrest.client.HsmConfigurationException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeySettingsTest {

  @Test
  void defaultsShowEverythingAndChangeNothing() throws Exception {
    KeySettings settings = settings("");

    assertThat(settings.shows("anything at all")).isTrue();
    assertThat(settings.isExactInclude()).isFalse();
    assertThat(settings.cacheTtl()).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.withoutCertificate()).isEqualTo(KeySettings.WithoutCertificate.LIST);
    assertThat(settings.delete()).isEqualTo(KeySettings.Permission.DENY);
    assertThat(settings.softwareKeys()).isEqualTo(KeySettings.Permission.DENY);
    assertThat(settings.passwords()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "web            | web     | true",
        "web            | Web     | false",
        "web            | web2    | false",
        "web*           | web     | true",
        "web*           | web-2   | true",
        "*-tls          | web-tls | true",
        "*-tls          | tls     | false",
        "w?b            | web     | true",
        "w?b            | wb      | false",
        "w.b            | web     | false",
        "a+b(c)[d]\\\\E | a+b(c)[d]\\E | true",
        "db, web        | web     | true",
        "*              | with\\nbreak | true"
      })
  void includeNamesLabelsAndGlobs(String include, String label, boolean shown) throws Exception {
    KeySettings settings = settings("keys.include = " + include);

    assertThat(settings.shows(label.replace("\\n", "\n"))).isEqualTo(shown);
  }

  @Test
  void excludeWins() throws Exception {
    KeySettings settings = settings("keys.include = web*\nkeys.exclude = web-old, *-test");

    assertThat(settings.shows("web-new")).isTrue();
    assertThat(settings.shows("web-old")).isFalse();
    assertThat(settings.shows("web-test")).isFalse();
  }

  @Test
  void onlyAListOfLabelsNeedsNoRightToList() throws Exception {
    assertThat(settings("keys.include = a, b").isExactInclude()).isTrue();
    assertThat(settings("keys.include = a, b*").isExactInclude()).isFalse();
    assertThat(settings("keys.exclude = a").isExactInclude()).isFalse();
  }

  @Test
  void passwordsHaveTheirLabelInTheirName() throws Exception {
    KeySettings settings = settings("keys.password.my.key = test-secret");

    assertThat(settings.passwords()).containsOnlyKeys("my.key");
    assertThat(settings.toString()).doesNotContain("test-secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "keys.withoutCertificate = show | one of list, placeholder, hide",
        "keys.delete = yes              | one of deny, allow",
        "keys.import = true             | one of deny, allow",
        "keys.cacheTtl = 5              | a duration"
      })
  void aWrongValueIsRefusedWithWhatIsAllowed(String line, String allowed) {
    assertThatThrownBy(() -> settings(line))
        .isInstanceOf(HsmConfigurationException.class)
        .hasMessageContaining(line.substring(0, line.indexOf(' ')))
        .hasMessageContaining(allowed);
  }

  @Test
  void patternsAreEqualWhenTheirTextIs() {
    assertThat(new LabelPattern("web*"))
        .isEqualTo(new LabelPattern("web*"))
        .hasSameHashCodeAs(new LabelPattern("web*"))
        .isNotEqualTo(new LabelPattern("web"))
        .hasToString("web*");
  }

  private static KeySettings settings(String lines) throws HsmConfigurationException {
    byte[] text = ("endpoint = http://127.0.0.1:1\n" + lines).getBytes(StandardCharsets.UTF_8);
    return ConfigurationSource.parse(text, "test").keys();
  }
}
