package io.hsmrest.simulator.json;

import java.nio.charset.StandardCharsets;

/** A password as it came in a body. Never shown. */
public final class Password {
  private final String characters;

  /** A password of these characters. */
  public Password(String characters) {
    this.characters = characters;
  }

  /** The characters as UTF-8. */
  public byte[] utf8() {
    return characters.getBytes(StandardCharsets.UTF_8);
  }

  /** The characters. */
  public char[] characters() {
    return characters.toCharArray();
  }

  /** Number of characters. */
  public int length() {
    return characters.length();
  }

  @Override
  public String toString() {
    return "***";
  }
}
