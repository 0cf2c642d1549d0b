package io.hsmrest.simulator.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The release of the service that is played (contract 7).
 *
 * @param text as shown by {@code versionInfo}
 */
public record ServiceVersion(String text, int major, int minor) {
  private static final Pattern FORM = Pattern.compile("(\\d{1,4})\\.(\\d{1,4})(\\..*)?");

  /**
   * Reads {@code major.minor}, with anything behind a further dot.
   *
   * @throws IllegalArgumentException if the text has another form
   */
  @JsonCreator
  public static ServiceVersion of(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("'" + text + "' is no version such as 2.2.0");
    }
    return new ServiceVersion(
        text, Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Whether this release is that one or newer. */
  public boolean atLeast(int otherMajor, int otherMinor) {
    return major > otherMajor || major == otherMajor && minor >= otherMinor;
  }

  /** Whether it has what the contract calls newer than 2.2: RAW, HEX, NONESHA*_PSS and others. */
  public boolean isNewerThan22() {
    return atLeast(2, 3);
  }

  @JsonValue
  @Override
  public String toString() {
    return text;
  }
}
