package io.hsmrest.client.model;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A password, token or API key; its text cannot be printed by accident. */
public final class Secret {
  private final char[] chars;

  private Secret(char[] chars) {
    this.chars = chars;
  }

  /** Copies {@code chars}. */
  public static Secret of(char[] chars) {
    return new Secret(chars.clone());
  }

  /** Takes the text of a file or an environment variable. */
  public static Secret of(String text) {
    return new Secret(text.toCharArray());
  }

  /** A fresh copy, for the caller to wipe. */
  public char[] toCharArray() {
    return chars.clone();
  }

  /** The text, for the one place that writes it to the wire. */
  public String reveal() {
    return new String(chars);
  }

  /** Whether there is nothing in it. The service takes no empty password (contract 1.4). */
  public boolean isEmpty() {
    return chars.length == 0;
  }

  private byte[] encoded() {
    return StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars)).array();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret that && MessageDigest.isEqual(encoded(), that.encoded());
  }

  @Override
  public int hashCode() {
    return java.util.Arrays.hashCode(chars);
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
