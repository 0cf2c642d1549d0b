package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonMappingTest {
  private static @Nullable Object read(String json) throws IOException {
    return JsonMapping.read(json.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsPlainValues() throws Exception {
    assertThat(read("{\"a\": [1, true, null, \"ü\\u00fc\"], \"b\": 1.5}"))
        .isEqualTo(Map.of("a", Arrays.asList(1, true, null, "üü"), "b", 1.5));
    assertThat(read("null")).isNull();
  }

  @Test
  void writesCompactlyInAlphabeticalOrder() {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("b", Map.of("d", 1, "c", false));
    object.put("a", List.of("ü", "\""));
    assertThat(new String(JsonMapping.write(object), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\":[\"ü\",\"\\\"\"],\"b\":{\"c\":false,\"d\":1}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "secret-text",
        "{\"a\": secret-text}",
        "{\"a\": \"secret-text",
        "{} secret-text",
        "{\"a\": \"\u0001secret-text\"}",
        "['secret-text']",
        "{\"a\": 1,}",
      })
  void tellsNothingOfTheContentWhenItIsNoJson(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(IOException.class)
        .hasMessage("no JSON")
        .hasNoCause();
  }

  @Test
  void boundsDepth() throws Exception {
    assertThat(read("[".repeat(32) + "]".repeat(32))).isInstanceOf(List.class);
    assertThatThrownBy(() -> read("[".repeat(33) + "]".repeat(33)))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("JSON beyond the limits: ");
  }

  @Test
  void boundsNumbers() throws Exception {
    assertThat(read("1".repeat(64))).isInstanceOf(Number.class);
    assertThatThrownBy(() -> read("1".repeat(65))).hasMessageStartingWith("JSON beyond the limits");
  }

  @Test
  void boundsNames() throws Exception {
    assertThat(read("{\"" + "n".repeat(256) + "\": 1}")).isInstanceOf(Map.class);
    assertThatThrownBy(() -> read("{\"" + "n".repeat(100_000) + "\": 1}"))
        .hasMessageStartingWith("JSON beyond the limits");
  }

  @Test
  void boundsStrings() throws Exception {
    assertThat(read("\"" + "s".repeat(1 << 20) + "\"")).isInstanceOf(String.class);
    assertThatThrownBy(() -> read("\"" + "s".repeat((1 << 20) + 1) + "\""))
        .hasMessageStartingWith("JSON beyond the limits");
  }
}
