package io.hsmrest.tests.scenario.signature;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.provider.HsmRestProvider;
import io.hsmrest.tests.documents.Checkout;
import java.security.Provider;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/signatures.md says what the code does. */
class SignaturesPageTest {
  private static final String PAGE = Checkout.text("docs/signatures.md");
  private static final Pattern BLOCK =
      Pattern.compile("<!-- snippet (\\S+) -->\n```java\n(.*?)\n```", Pattern.DOTALL);
  private static final Pattern REGION =
      Pattern.compile("// snippet (\\S+)\n(.*?)\n *// end", Pattern.DOTALL);

  private static Map<String, String> found(Pattern pattern, String text) {
    Map<String, String> found = new TreeMap<>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.put(matcher.group(1), matcher.group(2).stripIndent().strip());
    }
    return found;
  }

  @Test
  void itsSnippetsAreTheTestedOnes() {
    String folder = "tests/src/test/java/io/hsmrest/tests/scenario/signature/";
    Map<String, String> tested = found(REGION, Checkout.text(folder + "BouncyCastleSnippets.java"));
    tested.putAll(found(REGION, Checkout.text(folder + "LibrarySnippets.java")));
    assertThat(found(BLOCK, PAGE)).isEqualTo(tested).hasSize(10);
  }

  @Test
  void itsTableNamesEveryAlgorithmAndNoOther() {
    String table = PAGE.substring(PAGE.indexOf("| family |"), PAGE.indexOf("* There is no SHA-1"));
    Stream<String> named =
        Pattern.compile("`([^`]+)`").matcher(table).results().map(result -> result.group(1));
    assertThat(named)
        .containsExactlyInAnyOrderElementsOf(
            new HsmRestProvider()
                .getServices().stream()
                    .filter(service -> service.getType().equals("Signature"))
                    .map(Provider.Service::getAlgorithm)
                    .toList());
  }
}
