package io.hsmrest.keystore;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * One element of {@code keys.include} or {@code keys.exclude}: a label, or a glob in which {@code
 * *} stands for any characters and {@code ?} for one.
 *
 * @param text as the user wrote it
 */
record LabelPattern(String text) {
  /** Labels the service makes for itself in the same partition (contract 6.6). */
  private static final Set<String> SYSTEM_KEYS =
      Set.of(
          "attestation-key",
          "timestamp-key",
          "rfc-timestamp-key",
          "approver-mgmt-backup-key-rsa-wrapping");

  static boolean isInternal(String label) {
    return SYSTEM_KEYS.contains(label) || label.startsWith(ChainLinks.PREFIX);
  }

  boolean isExact() {
    return text.indexOf('*') < 0 && text.indexOf('?') < 0;
  }

  boolean matches(String label) {
    if (isExact()) {
      return text.equals(label);
    }
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(label).matches();
  }
}
