package io.hsmrest.client.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.hsmrest.client.model.Octets;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** JSON of others for people's eyes. */
class JsonMembersTest {

  private static Optional<Map<String, String>> read(String json) {
    return JsonMembers.read(Octets.of(json.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void membersKeepTheirOrderAndSayWhereTheyStand() {
    assertThat(
            read(
                """
                {"z": "text", "a": 1, "b": true, "nothing": null, "list": ["x", "y"],
                 "inner": {"c": "d"}, "objects": [{"type": "DNS"}, {"type": "IP"}]}"""))
        .hasValueSatisfying(
            members ->
                assertThat(members)
                    .containsExactly(
                        Map.entry("z", "text"),
                        Map.entry("a", "1"),
                        Map.entry("b", "true"),
                        Map.entry("list", "x, y"),
                        Map.entry("inner.c", "d"),
                        Map.entry("objects[0].type", "DNS"),
                        Map.entry("objects[1].type", "IP")));
  }

  @Test
  void passwordsAndMetadataAreLeftOut() {
    assertThat(
            read(
                """
                {"keyPassword": ["s", "e"], "inner": {"unwrapKeyPassword": "secret"},
                 "PASSWORD": "x", "metaData": "x", "metaDataSignature": "x",
                 "signedApprovals": []}"""))
        .hasValueSatisfying(members -> assertThat(members).isEmpty());
  }

  @Test
  void everythingElseIsNone() {
    assertThat(read("[1]")).isEmpty();
    assertThat(read("text")).isEmpty();
    assertThat(read("")).isEmpty();
    assertThat(JsonMembers.read(Octets.of(new byte[] {(byte) 0xff, 0}))).isEmpty();
  }

  /** Of which one reader takes the first and another one the last. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": \"evil\", \"a\": \"good\"}",
        "{\"in\": {\"a\": 1, \"a\": 2}}",
        "{\"in.a\": 1, \"in\": {\"a\": 2}}",
        "{\"in\": [{\"a\": 1}], \"in[0].a\": 1}"
      })
  void whatIsSaidTwiceIsNotReadButTold(String json) {
    assertThat(read(json)).isEmpty();
    assertThat(isAmbiguous(json)).isTrue();
  }

  @Test
  void onlyAnObjectCanSaySomethingTwice() {
    assertThat(isAmbiguous("{\"a\": 1, \"in\": {\"a\": 1}}")).isFalse();
    assertThat(isAmbiguous("[{\"a\": 1}]")).isFalse();
    assertThat(isAmbiguous("text")).isFalse();
  }

  private static boolean isAmbiguous(String json) {
    return JsonMembers.isAmbiguous(Octets.of(json.getBytes(StandardCharsets.UTF_8)));
  }
}
