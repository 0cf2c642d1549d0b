package io.hsmrest.provider.cli;

import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What extensions say (RFC 5280 4.2.1), each null where the extension is not there.
 *
 * @param authority whether there is a CA
 * @param keyUsages by the service's names; {@code bit n} where it has none
 * @param extendedKeyUsages object identifiers
 * @param names alternative names of the subject, their type before a colon
 * @param others the other extensions in words
 */
record Extensions(
    @Nullable Authority authority,
    @Nullable List<String> keyUsages,
    @Nullable List<String> extendedKeyUsages,
    @Nullable List<String> names,
    List<String> others) {

  /**
   * Basic constraints.
   *
   * @param isAuthority whether it is a CA
   * @param below how many CAs may be below it, null for any number
   */
  record Authority(boolean isAuthority, @Nullable BigInteger below) {}

  Extensions {
    others = List.copyOf(others);
  }

  /** Whether a CA's certificate would come out. */
  boolean isAuthority() {
    return authority != null && authority.isAuthority();
  }
}
