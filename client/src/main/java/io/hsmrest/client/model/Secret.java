package io.hsmrest.client.model;

import java.util.Arrays;

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

  /** Takes the same time wherever two secrets differ. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Secret that) || chars.length != that.chars.length) {
      return false;
    }
    int difference = 0;
    for (int i = 0; i < chars.length; i++) {
      difference |= chars[i] ^ that.chars[i];
    }
    return difference == 0;
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(chars);
  }

  @Override
  public String toString() {
    return "(secret)";
  }
}
