package io.hsmrest.provider.cli;

import static io.hsmrest.provider.cli.ToBeSigned.octets;
import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A text is shown as it is signed. */
class TextPayloadTest {

  private static List<String> shown(String text, int columns) {
    Facts facts = new Facts(columns);
    PayloadText.add(facts, octets(text), false);
    return facts.lines();
  }

  @Test
  void blanksAreWhereTheyAreAndTabsAreSeen() {
    assertThat(
            shown(
                "rules:\n  - deny: all\n    except:\n\n\tx  y\r\n  pay  1 000\n",
                Integer.MAX_VALUE))
        .contains(
            "      | rules:",
            "      |   - deny: all",
            "      |     except:",
            "      | ",
            "      | \u2192x  y",
            "      |   pay  1 000")
        .hasSize(8);
  }

  @Test
  void aLongLineIsOneThatGoesOn() {
    assertThat(shown("a".repeat(100) + "\nb\u6771".repeat(40), 80))
        .contains("      | " + "a".repeat(72), "      + " + "a".repeat(28), "      | b\u6771");
    assertThat(shown("\u6771".repeat(40), 80)).contains("      | " + "\u6771".repeat(36));
  }

  @Test
  void whatIsCutIsADoubt() throws Exception {
    for (String text : new String[] {"x".repeat(4_097), "\n".repeat(201)}) {
      ReadTask read = ReadTask.of(ToBeSigned.sign("t1", text), octets("a key"), null);
      assertThat(read.check().doubts())
          .containsExactly("only the beginning of the text that is signed is shown");
      assertThat(String.join("\n", shown(text, 80))).contains("the beginning of a text of");
      assertThat(shown(text, 80)).hasSizeLessThan(205);
    }
    assertThat(
            ReadTask.of(ToBeSigned.sign("t1", "x".repeat(4_096)), octets("a key"), null)
                .check()
                .doubts())
        .isEmpty();
  }

  /** In PEM others find what is in it, and this is what is signed. */
  @Test
  void aCertificateInPemIsATextToo() {
    String pem =
        io.hsmrest.client.model.PemText.encode("PAY MALLORY 1000", Certificates.toBeSigned("CN=x"));
    Octets payload = octets(pem);
    Facts facts = new Facts(80);
    PayloadText.add(facts, payload, false);
    assertThat(String.join("\n", facts.lines()))
        .contains("subject        CN=x")
        .contains("| -----BEGIN PAY MALLORY 1000-----");
  }
}
