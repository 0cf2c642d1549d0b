package io.hsmrest.client.rest;

import io.hsmrest.client.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** Members of the files under {@code golden/}. */
final class GoldenJson {
  private GoldenJson() {}

  /** A string member of the file's JSON object. */
  static String member(String file, String name) {
    try {
      Map<?, ?> members =
          (Map<?, ?>)
              Objects.requireNonNull(
                  JsonMapping.read(Golden.text(file).getBytes(StandardCharsets.UTF_8)));
      return (String) Objects.requireNonNull(members.get(name), name);
    } catch (IOException e) {
      throw new AssertionError(file, e);
    }
  }
}
