package io.hsmrest.tests.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.provider.HsmRestProvider;
import java.nio.file.Files;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What the README says of names and files is so. */
class ReadmeTest {
  private static final String README = Checkout.text("README.md");

  @Test
  void theTableOfAlgorithmsIsWhatTheProviderRegisters() {
    String table = section("## Algorithms", "Key pairs:");
    TreeSet<String> named = new TreeSet<>();
    Matcher matcher = Pattern.compile("`([^`]+)`").matcher(table);
    while (matcher.find()) {
      named.add(matcher.group(1));
    }

    assertThat(named)
        .isEqualTo(
            new HsmRestProvider()
                .getServices().stream()
                    .filter(service -> service.getType().equals("Signature"))
                    .map(service -> service.getAlgorithm())
                    .collect(Collectors.toCollection(TreeSet::new)));
  }

  @Test
  void everyFileThatIsLinkedExists() {
    Matcher matcher = Pattern.compile("\\]\\(([^)#:]+)\\)").matcher(README);
    int links = 0;
    while (matcher.find()) {
      links++;
      assertThat(Files.exists(Checkout.file(matcher.group(1)))).as(matcher.group(1)).isTrue();
    }

    assertThat(links).isGreaterThan(5);
  }

  private static String section(String from, String to) {
    int start = README.indexOf(from);
    return README.substring(start, README.indexOf(to, start));
  }
}
