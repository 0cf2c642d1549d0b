package io.hsmrest.keystore;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One element of {@code keys.include} or {@code keys.exclude}: a label, or a glob in which {@code
 * *} stands for any characters and {@code ?} for one. Immutable.
 */
final class LabelPattern {
  /** Labels the service makes for itself in the same partition (contract 6.6). */
  private static final Set<String> SYSTEM_KEYS =
      Set.of(
          "attestation-key",
          "timestamp-key",
          "rfc-timestamp-key",
          "approver-mgmt-backup-key-rsa-wrapping");

  private final String text;
  private final @Nullable Pattern glob;

  /** Takes what the user wrote. */
  LabelPattern(String text) {
    this.text = text;
    this.glob = text.indexOf('*') < 0 && text.indexOf('?') < 0 ? null : regex(text);
  }

  static boolean isInternal(String label) {
    return SYSTEM_KEYS.contains(label) || label.startsWith(ChainLinks.PREFIX);
  }

  /** As the user wrote it. */
  String text() {
    return text;
  }

  boolean isExact() {
    return glob == null;
  }

  boolean matches(String label) {
    return glob == null ? text.equals(label) : glob.matcher(label).matches();
  }

  private static Pattern regex(String glob) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      switch (c) {
        case '*' -> regex.append(".*");
        case '?' -> regex.append('.');
        default -> regex.append(Pattern.quote(String.valueOf(c)));
      }
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelPattern that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
