package io.hsmrest.client.model;

/**
 * The attributes a subject may have, the service's {@code standardCertificateAttributes}, in the
 * order in which it writes them, most specific first (contract 2.3.1).
 */
public enum SubjectAttribute {
  /** CN; the only one that has to be there. */
  COMMON_NAME("commonName", "2.5.4.3"),
  /** OU. */
  ORGANIZATION_UNIT("organizationUnitName", "2.5.4.11"),
  /** O. */
  ORGANIZATION("organizationName", "2.5.4.10"),
  /** Such as {@code VATDE-123456789}; services know it since 2.1. */
  ORGANIZATION_IDENTIFIER("organizationIdentifier", "2.5.4.97"),
  /** L. */
  LOCALITY("locality", "2.5.4.7"),
  /** ST. */
  STATE_OR_PROVINCE("stateOrProvinceName", "2.5.4.8"),
  /** C, two letters. */
  COUNTRY("country", "2.5.4.6"),
  /** The e-mail address of PKCS#9. */
  EMAIL("email", "1.2.840.113549.1.9.1"),
  /** The title of a person. */
  TITLE("title", "2.5.4.12"),
  /** The family name of a person. */
  SURNAME("surname", "2.5.4.4"),
  /** The first name of a person. */
  GIVEN_NAME("givenName", "2.5.4.42"),
  /** The initials of a person. */
  INITIALS("initials", "2.5.4.43"),
  /** Such as {@code Jr.} or {@code III}. */
  GENERATION_QUALIFIER("generationQualifier", "2.5.4.44"),
  /** Taken by the service, and ignored by the releases known so far. */
  PSEUDONYM("pseudonym", "2.5.4.65");

  private final String memberName;
  private final String oid;

  SubjectAttribute(String memberName, String oid) {
    this.memberName = memberName;
    this.oid = oid;
  }

  /** The service's name of it. */
  public String memberName() {
    return memberName;
  }

  /** The object identifier of the attribute in a distinguished name. */
  public String oid() {
    return oid;
  }
}
