package io.hsmrest.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {
  private static final List<String> KNOWN =
      List.of("endpoint", "name", "http.proxy", "http.proxyUser");

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "endpoint, endpoint",
    "endpiont, endpoint",
    "ENDPOINT, endpoint",
    "http.proxi, http.proxy",
    "http.proxyUsr, http.proxyUser",
    "nam, name",
  })
  void findsWhatWasMeant(String written, String meant) {
    assertThat(NearestName.suggestion(written, KNOWN)).isEqualTo("; did you mean '" + meant + "'?");
  }

  @ParameterizedTest
  @CsvSource({"xyz", "''", "completely.different.words", "port"})
  void saysNothingWhenNothingIsNear(String written) {
    assertThat(NearestName.suggestion(written, KNOWN)).isEmpty();
  }

  @Test
  void knowsNothingWithoutNames() {
    assertThat(NearestName.suggestion("name", Set.of())).isEmpty();
  }

  @Test
  void choosesTheFirstInTheAlphabetAmongEquals() {
    assertThat(NearestName.suggestion("ac", List.of("ab", "aa"))).isEqualTo("; did you mean 'aa'?");
  }
}
