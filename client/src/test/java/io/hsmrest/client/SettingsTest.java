package io.hsmrest.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
  private static final Duration DEFAULT = Duration.ofDays(1);

  private static void refuses(String message, ThrowingCallable work) {
    assertThatThrownBy(work).isInstanceOf(HsmConfigurationException.class).hasMessage(message);
  }

  @ParameterizedTest
  @CsvSource({"500ms, 500", "30s, 30000", "10m, 600000", "2h, 7200000", "0s, 0"})
  void readsDurations(String text, long millis) throws Exception {
    assertThat(Clients.settings("d = " + text).duration("d", DEFAULT))
        .isEqualTo(Duration.ofMillis(millis));
  }

  @ParameterizedTest
  @ValueSource(strings = {"30", "30 s", "s", "-1s", "1.5s", "30S", "1d", "9999999999s", "soon"})
  void refusesWhatIsNoDuration(String text) throws Exception {
    Settings settings = Clients.settings("d = " + text);
    refuses(
        "test.properties: d: '" + text + "' is not a duration; write for example 500ms, 30s or 10m",
        () -> settings.duration("d", DEFAULT));
  }

  @Test
  void refusesADurationOfZeroWhereItWouldMeanForEver() throws Exception {
    Settings settings = Clients.settings("d = 0s");
    refuses(
        "test.properties: d: '0s' is not a duration above zero",
        () -> settings.positiveDuration("d", DEFAULT));
  }

  @ParameterizedTest
  @CsvSource({"65536, 65536", "512k, 524288", "4m, 4194304", "4M, 4194304", "1K, 1024"})
  void readsNumbersOfBytes(String text, long bytes) throws Exception {
    assertThat(Clients.settings("b = " + text).bytes("b", 1)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4g", "4 m", "-1", "1.5m", "lots", "4mb", "9999999999"})
  void refusesWhatIsNoNumberOfBytes(String text) throws Exception {
    Settings settings = Clients.settings("b = " + text);
    refuses(
        "test.properties: b: '"
            + text
            + "' is not a number of bytes; write for example 65536, 512k or 4m",
        () -> settings.bytes("b", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "101", "many", "1.0", "99999999999"})
  void refusesIntegersOutOfRange(String text) throws Exception {
    Settings settings = Clients.settings("n = " + text);
    refuses(
        "test.properties: n: '" + text + "' is not a whole number from 1 to 100",
        () -> settings.integer("n", 4, 1, 100));
  }

  @Test
  void readsIntegersFlagsAndChoices() throws Exception {
    Settings settings = Clients.settings("n = 7", "yes = true", "no = false", "c = console");
    assertThat(settings.integer("n", 4, 1, 100)).isEqualTo(7);
    assertThat(settings.flag("yes", false)).isTrue();
    assertThat(settings.flag("no", true)).isFalse();
    assertThat(settings.choice("c", ApprovalSettings.Progress.AUTO))
        .isEqualTo(ApprovalSettings.Progress.CONSOLE);
  }

  @Test
  void usesDefaultsWhereNothingOrNothingButBlanksIsSet() throws Exception {
    Settings settings = Clients.settings("n =", "f =   ");
    assertThat(settings.integer("n", 4, 1, 100)).isEqualTo(4);
    assertThat(settings.flag("f", true)).isTrue();
    assertThat(settings.duration("d", DEFAULT)).isEqualTo(DEFAULT);
    assertThat(settings.bytes("b", 9)).isEqualTo(9);
    assertThat(settings.choice("c", ApprovalSettings.GiveUp.KEEP))
        .isEqualTo(ApprovalSettings.GiveUp.KEEP);
    assertThat(settings.list("l")).isEmpty();
    assertThat(settings.text("t")).isEmpty();
    assertThat(settings.path("p")).isEmpty();
    assertThat(settings.secret("s")).isEmpty();
    assertThat(settings.secrets("s")).isEmpty();
  }

  @Test
  void refusesWhatIsNeitherTrueNorFalse() throws Exception {
    Settings settings = Clients.settings("f = yes");
    refuses("test.properties: f: 'yes' is not true or false", () -> settings.flag("f", true));
  }

  @Test
  void namesTheChoices() throws Exception {
    Settings settings = Clients.settings("c = stdout");
    refuses(
        "test.properties: c: 'stdout' is not one of auto, console, log, none",
        () -> settings.choice("c", ApprovalSettings.Progress.AUTO));
  }

  @Test
  void readsLists() throws Exception {
    assertThat(Clients.settings("l = a , b,,c d ,").list("l")).containsExactly("a", "b", "c d");
  }

  @Test
  void refusesAFileNameThatIsNone() throws Exception {
    Settings settings = Clients.settings("p = a\\u0001\\u0000b");
    assertThatThrownBy(() -> settings.path("p"))
        .isInstanceOf(HsmConfigurationException.class)
        .hasMessageEndingWith("is not a file name");
    assertThat(Clients.settings("p = some/file").path("p")).contains(Path.of("some/file"));
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Settings settings = Clients.settings("endpoint =");
    refuses("test.properties: 'endpoint' is not set", () -> settings.required("endpoint"));
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "none",
      value = {
        "endpont                 | endpoint",
        "Endpoint                | endpoint",
        "AUTH.TOKEN              | auth.token",
        "auth.apiKey.keyManagment | auth.apiKey.keyManagement",
        "http.conectTimeout      | http.connectTimeout",
        "aproval.metadata.ticket | approval.metadata.ticket",
        "approval.metadata.      | approval.metadata.<name>",
        "something.else.entirely | none",
      })
  void suggestsTheNearestName(String written, String meant) throws Exception {
    Settings settings = Clients.settings(written + " = x");
    refuses(
        "test.properties: unknown setting '"
            + written
            + "'"
            + (meant == null ? "" : "; did you mean '" + meant + "'?"),
        () -> settings.rejectUnknown(HsmClientConfig.KEYS, HsmClientConfig.PREFIXES));
  }

  @Test
  void takesNamesOfTheUsersBehindAKnownBeginning() throws Exception {
    Settings settings = Clients.settings("approval.metadata.ticket = T-1", "endpoint = x");
    assertThatCode(() -> settings.rejectUnknown(HsmClientConfig.KEYS, HsmClientConfig.PREFIXES))
        .doesNotThrowAnyException();
    assertThat(settings.withPrefix("approval.metadata.")).isEqualTo(Map.of("ticket", "T-1"));
  }

  @Test
  void overridesCountMoreThanTheFile() throws Exception {
    Settings settings =
        Settings.parse(
            "a = file\nb = file".getBytes(StandardCharsets.UTF_8),
            "f",
            Map.of("b", "override", "unknown", "of somebody else"));
    assertThat(settings.text("a")).contains("file");
    assertThat(settings.text("b")).contains("override");
    assertThatCode(() -> settings.rejectUnknown(Set.of("a", "b"), Set.of()))
        .doesNotThrowAnyException();
  }

  @Test
  void systemPropertiesOverrideByTheirPrefix() {
    Properties properties = new Properties();
    properties.setProperty("hsmrest.http.deadline", " 5s ");
    properties.setProperty("hsmrest.config", "file");
    properties.setProperty("http.deadline", "9s");
    assertThat(Settings.systemOverrides(properties))
        .isEqualTo(Map.of("http.deadline", "5s", "config", "file"));
  }

  @Test
  void readsUtf8WithAndWithoutAByteOrderMark() throws Exception {
    byte[] text = "\uFEFFname = Zürich\r\nother=\\u00fc".getBytes(StandardCharsets.UTF_8);
    Settings settings = Settings.parse(text, "f", Map.of());
    assertThat(settings.text("name")).contains("Zürich");
    assertThat(settings.text("other")).contains("ü");
  }

  @Test
  void refusesWhatIsNoText() {
    refuses(
        "store.p12 is no hsmrest.properties: it is no text in UTF-8",
        () -> Settings.parse(new byte[] {0x30, (byte) 0x82, 9}, "store.p12", Map.of()));
    refuses(
        "store.jks is no hsmrest.properties: it is a binary file",
        () -> Settings.parse(new byte[] {'a', 0, 'b'}, "store.jks", Map.of()));
    assertThatThrownBy(
            () -> Settings.parse("a = \\u12".getBytes(StandardCharsets.UTF_8), "f", Map.of()))
        .isInstanceOf(HsmConfigurationException.class)
        .hasMessageStartingWith("f is no properties file: ");
  }

  @Test
  void isEqualWhenTheSettingsAre() throws Exception {
    Settings settings = Clients.settings("a = 1", "b = 2");
    assertThat(settings)
        .isEqualTo(Settings.parse("b=2\na=1".getBytes(StandardCharsets.UTF_8), "other", Map.of()))
        .hasSameHashCodeAs(Clients.settings("b=2", "a=1"))
        .isNotEqualTo(Clients.settings("a = 1"))
        .isNotEqualTo("a = 1");
    assertThat(settings).hasToString("test.properties [a, b]");
    assertThat(settings.origin()).isEqualTo("test.properties");
  }
}
