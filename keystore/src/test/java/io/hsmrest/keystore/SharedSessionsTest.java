package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.approval.ApprovalListener;
import io.hsmrest.client.model.Secret;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Sessions are opened here and send nothing: the port of the endpoint is closed. */
class SharedSessionsTest {

  @Test
  void oneConfigurationHasOneSession() throws Exception {
    HsmSession session = HsmSession.open(config(""), null);

    assertThat(HsmSession.open(config(""), null)).isSameAs(session);
    assertThat(HsmSession.open(config("name = other"), null)).isNotSameAs(session);
  }

  @Test
  void thePasswordTellsSessionsApartWhereASettingRefersToIt() throws Exception {
    Secret one = Secret.of("test-one");
    Secret two = Secret.of("test-two");

    assertThat(HsmSession.open(config(""), one)).isSameAs(HsmSession.open(config(""), two));
    for (String setting :
        new String[] {
          "auth.token = storepass:",
          "auth.apiKey.keyManagement = env:ANY, storepass:",
          "keys.password.k = storepass:"
        }) {
      HsmSession session = HsmSession.open(config(setting), one);
      assertThat(HsmSession.open(config(setting), one)).isSameAs(session);
      assertThat(HsmSession.open(config(setting), two)).isNotSameAs(session);
      assertThat(HsmSession.open(config(setting), null)).isNotSameAs(session);
    }
  }

  @Test
  void theListenerTellsSessionsApart() throws Exception {
    ApprovalListener one = new ApprovalListener() {};
    ApprovalListener two = new ApprovalListener() {};
    HsmSession session = HsmSession.open(config(""), null, one);

    assertThat(HsmSession.open(config(""), null, one)).isSameAs(session);
    assertThat(HsmSession.open(config(""), null, two)).isNotSameAs(session);
    assertThat(HsmSession.open(config(""), null)).isNotSameAs(session);
  }

  @Test
  void theParameterForAListenerKeepsConfigurationAndPassword() throws Exception {
    ApprovalListener listener = new ApprovalListener() {};
    HsmRestConfig config = config("");
    HsmRestLoadStoreParameter plain =
        new HsmRestLoadStoreParameter(config, "test-store-password".toCharArray());
    HsmRestLoadStoreParameter told = plain.withApprovalListener(listener);

    assertThat(told.approvalListener()).isSameAs(listener);
    assertThat(told.config()).isSameAs(config);
    assertThat(told.storePassword()).isEqualTo(plain.storePassword()).isPresent();
    assertThat(plain.approvalListener()).isNull();
    assertThat(new HsmRestLoadStoreParameter(config).withApprovalListener(listener).storePassword())
        .isEmpty();
  }

  private static HsmRestConfig config(String line) throws Exception {
    byte[] text = ("endpoint = http://127.0.0.1:1\n" + line).getBytes(StandardCharsets.UTF_8);
    return ConfigurationSource.parse(text, "test");
  }
}
