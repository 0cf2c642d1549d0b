package io.hsmrest.keystore;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import org.junit.jupiter.api.Test;

class NewKeysTest {
  private final NewKeys keys = new NewKeys();
  private final KeyPair pair = Certificates.ec();

  @Test
  void aNewKeyIsLeftBehindUntilItHasACertificate() {
    assertThat(keys.leftBehind("web")).isEmpty();
    keys.made("web", pair.getPublic());

    assertThat(keys.leftBehind("web"))
        .startsWith("; key 'web' was created and stays in the HSM without a certificate")
        .contains("keytool -selfcert or -certreq")
        .contains("-J-Dhsmrest.keys.withoutCertificate=placeholder")
        .contains("keytool -delete and -J-Dhsmrest.keys.delete=allow");
    keys.certificateSet("web");
    assertThat(keys.leftBehind("web")).isEmpty();
  }

  @Test
  void aKeyThatIsDeletedIsNotLeftBehind() {
    keys.made("web", pair.getPublic());
    keys.gone("web");

    assertThat(keys.leftBehind("web")).isEmpty();
  }

  @Test
  void aCertificateOfANewKeyIsRecognisedByItsKey() {
    keys.made("web", pair.getPublic());

    assertThat(keys.isFor(Certificates.selfSigned("web", pair))).isTrue();
    assertThat(keys.isFor(Certificates.selfSigned("web", Certificates.ec()))).isFalse();
  }

  @Test
  void whyAKeyWasNotMadeIsRemembered() {
    assertThat(keys.refusal("web")).isEmpty();
    keys.refused("web", "HTTP 401");

    assertThat(keys.refusal("web")).isEqualTo("; the HSM made none: HTTP 401");
    assertThat(keys.refusal("other")).isEmpty();
  }
}
