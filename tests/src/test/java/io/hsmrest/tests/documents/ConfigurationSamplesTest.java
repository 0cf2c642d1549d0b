package io.hsmrest.tests.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.HsmConfigurationException;
import io.hsmrest.client.rest.PolicyFile;
import io.hsmrest.keystore.ConfigurationSource;
import io.hsmrest.keystore.HsmRestConfig;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The samples in conf/ are read by the code that users' files are read by. */
class ConfigurationSamplesTest {
  private static final String ALL_OPTIONS = "conf/hsmrest-all-options.properties";
  private static final Pattern SETTING = Pattern.compile("(?m)^#?([A-Za-z][\\w.<>]*) = (.*)$");

  @Test
  void theShortSampleIsAConfiguration() throws HsmConfigurationException {
    HsmRestConfig config = ConfigurationSource.of(path("conf/hsmrest.properties")).read();

    assertThat(config.settings().text("endpoint")).contains("http://127.0.0.1:8080");
  }

  @Test
  void theLongSampleNamesEverySettingThereIsAndNoOther() {
    TreeSet<String> named = new TreeSet<>();
    Matcher matcher = SETTING.matcher(Checkout.text(ALL_OPTIONS));
    while (matcher.find()) {
      named.add(matcher.group(1));
    }
    TreeSet<String> known = new TreeSet<>(HsmRestConfig.settingNames());
    for (String prefix : HsmRestConfig.settingPrefixes()) {
      known.add(prefix + (prefix.contains("password") ? "<label>" : "<name>"));
    }

    assertThat(named).isEqualTo(known);
  }

  @Test
  void theLongSampleIsAConfigurationAsItIsAndWithEverySettingSwitchedOn()
      throws HsmConfigurationException {
    String text = Checkout.text(ALL_OPTIONS);
    String everything = SETTING.matcher(text).replaceAll("$1 = $2");

    assertThat(ConfigurationSource.parse(bytes(text), ALL_OPTIONS)).isNotNull();
    assertThat(ConfigurationSource.parse(bytes(everything), ALL_OPTIONS)).isNotNull();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void everyPolicyIsValid(Path policy) throws HsmConfigurationException {
    assertThat(PolicyFile.read(policy).useRequiresApproval()).isTrue();
  }

  static Stream<Path> policies() throws IOException {
    try (Stream<Path> files = Files.list(Checkout.file("conf/policies"))) {
      return files.toList().stream();
    }
  }

  private static String path(String path) {
    return Checkout.file(path).toString();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
