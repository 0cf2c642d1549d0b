package io.hsmrest.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;

/** The files under {@code golden/}; its README tells where they come from. */
final class Golden {
  private Golden() {}

  static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(Golden.class.getResourceAsStream("golden/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }

  /** A string member of the file's JSON object. */
  static String member(String file, String name) {
    try {
      Map<?, ?> members =
          (Map<?, ?>)
              Objects.requireNonNull(JsonMapping.read(text(file).getBytes(StandardCharsets.UTF_8)));
      return (String) Objects.requireNonNull(members.get(name), name);
    } catch (IOException e) {
      throw new AssertionError(file, e);
    }
  }
}
