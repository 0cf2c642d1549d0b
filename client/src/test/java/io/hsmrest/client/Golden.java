package io.hsmrest.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The files under {@code golden/}; its README tells where they come from. */
public final class Golden {
  private Golden() {}

  /** A file as it is. */
  public static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(Golden.class.getResourceAsStream("golden/" + name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(name, e);
    }
  }
}
