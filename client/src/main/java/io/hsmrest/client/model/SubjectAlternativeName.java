package io.hsmrest.client.model;

/**
 * One name of the subject alternative name extension (contract 2.3.1; RFC 5280 4.2.1.6). Services
 * know it since after 2.2.
 *
 * @param type what kind of name
 * @param value as text: a host name, an address, a URI
 */
public record SubjectAlternativeName(Type type, String value) {

  /** The kinds of names the service can write. */
  public enum Type {
    /** A host name, also with a {@code *} label. */
    DNS,
    /** An IPv4 or IPv6 address. */
    IP,
    /** A URI. */
    URI,
    /** An e-mail address. */
    EMAIL,
    /** Another name; what its text means is the service's business. */
    OTHERNAME
  }

  /** Refuses an empty name. */
  public SubjectAlternativeName {
    if (value.isEmpty()) {
      throw new IllegalArgumentException("an empty subject alternative name");
    }
  }

  /** A host name. */
  public static SubjectAlternativeName dns(String name) {
    return new SubjectAlternativeName(Type.DNS, name);
  }

  /** An IPv4 or IPv6 address. */
  public static SubjectAlternativeName ip(String address) {
    return new SubjectAlternativeName(Type.IP, address);
  }

  /** A URI. */
  public static SubjectAlternativeName uri(String uri) {
    return new SubjectAlternativeName(Type.URI, uri);
  }

  /** An e-mail address. */
  public static SubjectAlternativeName email(String address) {
    return new SubjectAlternativeName(Type.EMAIL, address);
  }

  /** The form {@code DNS:www.example.org}, as keytool and OpenSSL write it. */
  @Override
  public String toString() {
    return type + ":" + value;
  }
}
