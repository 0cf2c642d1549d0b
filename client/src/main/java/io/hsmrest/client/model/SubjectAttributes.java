package io.hsmrest.client.model;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/**
 * The subject of a certificate or CSR, the service's {@code standardCertificateAttributes}
 * (contract 2.3.1). Values are meant literally: whatever is special in the text of a distinguished
 * name is escaped on the way to the service. Immutable.
 *
 * @param values at least a common name; in the order of {@link SubjectAttribute}
 */
public record SubjectAttributes(Map<SubjectAttribute, String> values) {

  /**
   * Refuses a subject without common name, as the service would (411), and values that are empty or
   * hold control characters.
   */
  public SubjectAttributes {
    if (!values.containsKey(SubjectAttribute.COMMON_NAME)) {
      throw new IllegalArgumentException("a certificate's subject needs a common name");
    }
    values.forEach(SubjectAttributes::check);
    values = Collections.unmodifiableMap(new EnumMap<>(values));
  }

  private static void check(SubjectAttribute attribute, String value) {
    if (value.isEmpty()) {
      throw new IllegalArgumentException(
          "the " + attribute.memberName() + " of a certificate's subject is empty");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the " + attribute.memberName() + " of a certificate's subject has control characters");
    }
  }

  /** A subject that is nothing but a common name. */
  public static SubjectAttributes ofCommonName(String commonName) {
    return new SubjectAttributes(Map.of(SubjectAttribute.COMMON_NAME, commonName));
  }

  /** The same with this attribute as well, or with another value of it. */
  public SubjectAttributes with(SubjectAttribute attribute, String value) {
    EnumMap<SubjectAttribute, String> more = new EnumMap<>(values);
    more.put(attribute, value);
    return new SubjectAttributes(more);
  }

  /** The common name. */
  public String commonName() {
    return values.getOrDefault(SubjectAttribute.COMMON_NAME, "");
  }

  /** Whether only the common name is set; older services take no other form (contract U6). */
  public boolean isCommonNameOnly() {
    return values.size() == 1;
  }
}
