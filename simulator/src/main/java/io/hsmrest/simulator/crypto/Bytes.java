package io.hsmrest.simulator.crypto;

import java.util.Arrays;
import java.util.Base64;

/** An immutable byte string, compared by content. */
public final class Bytes {
  private static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Copies {@code content}. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /** Nothing. */
  public static Bytes empty() {
    return EMPTY;
  }

  /**
   * Decodes standard base64 on one line (contract 1.4).
   *
   * @throws IllegalArgumentException when {@code text} is not base64
   */
  public static Bytes ofBase64(String text) {
    return new Bytes(Base64.getDecoder().decode(text));
  }

  /** Takes {@code content} over without a copy; the caller must forget it. */
  static Bytes owning(byte[] content) {
    return new Bytes(content);
  }

  /** The content itself, not a copy; never to be changed nor handed out. */
  byte[] content() {
    return content;
  }

  /** A fresh copy of the content. */
  public byte[] toArray() {
    return content.clone();
  }

  /** Standard base64 with padding, on one line. */
  public String toBase64() {
    return Base64.getEncoder().encodeToString(content);
  }

  /** Length in bytes. */
  public int size() {
    return content.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes that && Arrays.equals(content, that.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  /** The length only: the content may be a secret. */
  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
