package io.hsmrest.client.model;

import java.util.Arrays;
import java.util.Base64;

/**
 * An immutable byte string, compared by content, so that records can carry DER, signatures and
 * payloads without sharing arrays.
 */
public final class Octets {
  private final byte[] bytes;

  private Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Copies {@code bytes}. */
  public static Octets of(byte[] bytes) {
    return new Octets(bytes.clone());
  }

  /**
   * Decodes standard base64 on one line, as the service writes it (contract 1.4).
   *
   * @throws IllegalArgumentException when {@code text} is not base64
   */
  public static Octets ofBase64(String text) {
    return new Octets(Base64.getDecoder().decode(text));
  }

  /** A fresh copy of the content. */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /** Standard base64 with padding, on one line. */
  public String toBase64() {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** Length in bytes. */
  public int size() {
    return bytes.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The length only: what is carried may be somebody's payload. */
  @Override
  public String toString() {
    return bytes.length + " bytes";
  }
}
