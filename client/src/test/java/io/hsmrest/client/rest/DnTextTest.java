package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DnTextTest {

  static List<String> values() {
    return List.of(
        "plain",
        "Acme, Inc.",
        "a+b",
        "say \"hello\"",
        "back\\slash",
        "1 < 2 > 0",
        "semi;colon",
        "x=y",
        "#1",
        " leading",
        "trailing ",
        " ",
        "  two  ",
        "Zürich 日本",
        "x,O=Somebody Else",
        "x+OU=Somebody Else",
        "ends with a backslash\\",
        "\\,");
  }

  /** The service reads the name's text with the JDK's rules (contract 2.3). */
  @ParameterizedTest
  @MethodSource("values")
  void aNameJoinedFromEscapedValuesHasOneAttributeWithThatValue(String value) throws Exception {
    X500Principal joined = new X500Principal("CN=" + DnText.escape(value) + ",C=CH");

    List<Rdn> read = new LdapName(joined.getName()).getRdns();

    assertThat(read).hasSize(2).allMatch(rdn -> rdn.size() == 1);
    assertThat(read.get(1).getType()).isEqualTo("CN");
    assertThat(read.get(1).getValue()).isEqualTo(value);
  }

  @Test
  void ordinaryTextIsLeftAlone() {
    assertThat(DnText.escape("www.example.org (test) #1 a/b @ 50%"))
        .isEqualTo("www.example.org (test) #1 a/b @ 50%");
  }

  @ParameterizedTest
  @ValueSource(strings = {",", "+", "\"", "\\", "<", ">", ";", "="})
  void everySpecialCharacterIsEscapedWhereverItStands(String special) {
    assertThat(DnText.escape(special + "a" + special)).isEqualTo("\\" + special + "a\\" + special);
  }

  @Test
  void spacesAndNumberSignsAreSpecialAtTheEndsOnly() {
    assertThat(DnText.escape(" a b ")).isEqualTo("\\ a b\\ ");
    assertThat(DnText.escape("#a#")).isEqualTo("\\#a#");
  }
}
