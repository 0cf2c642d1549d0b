package io.hsmrest.simulator.crypto;

/**
 * One of {@code subjectAlternativeNames} (contract 2.3.1).
 *
 * @param type {@code sanType}
 * @param value {@code sanValue}; for OTHERNAME {@code <oid>;<UTF-8 text>}, or a text alone, which
 *     is taken as a user principal name
 */
public record SubjectAlternativeName(Type type, String value) {

  /** The service's {@code sanType} values. */
  public enum Type {
    DNS,
    IP,
    URI,
    EMAIL,
    OTHERNAME
  }
}
