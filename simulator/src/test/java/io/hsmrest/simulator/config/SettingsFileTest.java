package io.hsmrest.simulator.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsFileTest {
  @Test
  void theSampleIsReadable() {
    Settings settings = SettingsFile.read(Path.of("../conf/simulator.json"));
    assertThat(settings.approvers())
        .extracting(ScriptedApprover::name)
        .containsExactly("alice", "bob", "carol");
    assertThat(settings.partitions().get(0).keys()).isNotEmpty();
  }

  @Test
  void everythingMayBeLeftOut() {
    Settings settings = Settings.defaults();
    assertThat(settings.port()).isEqualTo(8080);
    assertThat(settings.host()).isEqualTo("127.0.0.1");
    assertThat(settings.apiKeys()).isNull();
    assertThat(settings.accessTokens()).isNull();
    assertThat(settings.behaviour().rejectMethods()).containsExactly("PATCH", "DELETE", "POST");
  }

  @ParameterizedTest
  @ValueSource(
      classes = {
        Settings.class,
        Behaviour.class,
        ApiKeys.class,
        AccessTokens.class,
        Tls.class,
        Timers.class,
        PartitionSettings.class,
        ScriptedApprover.class
      })
  void everySettingIsDocumented(Class<?> settings) throws IOException {
    String page = Files.readString(Path.of("../docs/simulator.md"));
    for (RecordComponent setting : settings.getRecordComponents()) {
      assertThat(page).containsPattern("[`.]" + setting.getName() + "\\b");
    }
  }

  @Test
  void aDocumentedDefaultIsTheDefault() {
    Behaviour defaults = Settings.defaults().behaviour();
    assertThat(defaults.successStatus()).isEqualTo(Behaviour.SuccessStatus.DOCUMENTED);
    assertThat(defaults.deleteStatus()).isEqualTo(200);
    assertThat(defaults.eddsaRawRefused()).isFalse();
    assertThat(defaults.certificateSubject()).isEqualTo(Behaviour.CertificateSubject.EITHER);
    assertThat(defaults.missingCertificate())
        .isEqualTo(Behaviour.MissingCertificate.INVALID_CERTIFICATE);
    assertThat(defaults.selfSignResult()).isEqualTo(Behaviour.SelfSignResult.TRUE_TEXT);
    assertThat(defaults.listedObjects()).isEqualTo(Behaviour.ListedObjects.ALL);
    assertThat(defaults.blockedAsync()).isEqualTo(Behaviour.BlockedAsync.FAILED);
    assertThat(defaults.emptyRuleEcho()).isEqualTo(Behaviour.EmptyRuleEcho.NULL_VALUE);
    assertThat(defaults.certificateRole()).isEqualTo(Behaviour.CertificateRole.KEY_OPERATION);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"port": 70000}                            | port 70000 is not between 0 and 65535
          {"prot": 1}                                | unknown setting 'prot'
          {"behaviour": {"pssSalt": "much"}}         | 'behaviour.pssSalt'
          {"behaviour": {"salt": "much"}}            | unknown setting 'behaviour.salt'
          {"version": "new"}                         | 'new' is no version such as 2.2.0
          {"approvers": [{"name": "a"}, {"name": "a"}]} | two approvers have the same name: [a, a]
          {"approvers": [{"does": "approve"}]}       | an approver has no name
          {"approvers": [{"name": "a", "afterSeconds": -1}]} | approver a: afterSeconds is negative
          {"tls": {}}                                | tls.keyStore is missing
          {"tls": {"keyStore": "x", "clientAuth": "need"}} | tls.trustedCertificates is missing
          {"timers": {"approvalTaskCleanupInterval": -1}} | a timer's interval is negative
          {"accessTokens": {}}                       | accessTokens.publicKey is missing
          {"partitions": [{"keys": []}]}             | a partition has no name
          {"port": 1                                 | not JSON
          """)
  void whatCannotBeIsRefused(String json, String message) {
    assertThatThrownBy(() -> SettingsFile.parse(json))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aMissingFileIsSaid() {
    assertThatThrownBy(() -> SettingsFile.read(Path.of("no-such-file.json")))
        .isInstanceOf(SettingsException.class)
        .hasMessage("no-such-file.json: there is no such file");
  }

  @Test
  void secretsAreNotShown() {
    Settings settings =
        SettingsFile.parse(
            """
            {"tls": {"keyStore": "x", "keyStorePassword": "hidden"},
             "approvers": [{"name": "a", "privateKey": "hidden"}],
             "apiKeys": {"serviceToken": "hidden"}}
            """);
    assertThat(settings.toString()).doesNotContain("hidden");
  }
}
