package io.hsmrest.client.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PemTextTest {
  private static final Octets DER = Octets.of(new byte[] {0x30, 3, 2, 1, 5});

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MAMCAQU=",
        "MAMC\nAQU=\n",
        "  MAMCAQU=  ",
        "-----BEGIN CERTIFICATE-----\nMAMCAQU=\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\r\nMAMC\r\nAQU=\r\n-----END CERTIFICATE-----\r\n",
        "-----BEGIN NEW CERTIFICATE REQUEST-----\nMAMCAQU=\n-----END NEW CERTIFICATE REQUEST-----\n",
        "-----BEGIN CERTIFICATE REQUEST-----\nMAMCAQU=\n-----END CERTIFICATE REQUEST-----",
        "-----BEGIN PUBLIC KEY-----MAMCAQU=-----END PUBLIC KEY-----",
        "-----BEGIN X509 CRL-----\nMAMCAQU=\n-----END X509 CRL-----",
      })
  void decodesEveryForm(String text) {
    assertThat(PemText.decode(text)).isEqualTo(DER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \n",
        "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----",
        "-----BEGIN CERTIFICATE-----\n?\n-----END CERTIFICATE-----",
        "-----BEGIN certificate-----\nMAMCAQU=",
        "true!",
      })
  void refusesWhatIsNone(String text) {
    assertThatThrownBy(() -> PemText.decode(text)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void encodesInLinesOf64() {
    String pem = PemText.encode("NEW CERTIFICATE REQUEST", Octets.of(new byte[49]));
    assertThat(pem)
        .isEqualTo(
            "-----BEGIN NEW CERTIFICATE REQUEST-----\n"
                + "A".repeat(64)
                + "\nAA==\n-----END NEW CERTIFICATE REQUEST-----\n");
    assertThat(PemText.decode(pem)).isEqualTo(Octets.of(new byte[49]));
  }
}
