package io.hsmrest.client;

import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The settings of one {@code hsmrest.properties}, as text and by name. Getters turn the text into
 * what it stands for and refuse what it cannot stand for, naming the setting and what is allowed.
 * Immutable; equal when the settings are.
 */
public final class Settings {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
  private static final Pattern BYTES = Pattern.compile("(\\d{1,9})([km]?)");
  private static final String OVERRIDE_PREFIX = "hsmrest.";

  private final String origin;
  private final Map<String, String> file;
  private final Map<String, String> values;

  private Settings(String origin, Map<String, String> file, Map<String, String> overrides) {
    this.origin = origin;
    this.file = Map.copyOf(file);
    Map<String, String> all = new TreeMap<>(file);
    all.putAll(overrides);
    this.values = Map.copyOf(all);
  }

  /**
   * Reads Java properties text in UTF-8.
   *
   * @param origin where it came from, for messages
   * @param overrides settings that count more than the file's
   * @throws HsmConfigurationException when it is no text, or no properties
   */
  public static Settings parse(byte[] properties, String origin, Map<String, String> overrides)
      throws HsmConfigurationException {
    Properties read = new Properties();
    try {
      String text =
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(properties)).toString();
      if (text.startsWith("\uFEFF")) {
        // Editors on Windows like to begin a file with a byte order mark.
        text = text.substring(1);
      }
      if (text.indexOf('\0') >= 0) {
        throw new HsmConfigurationException(
            origin + " is no hsmrest.properties: it is a binary file");
      }
      read.load(new StringReader(text));
    } catch (CharacterCodingException e) {
      throw new HsmConfigurationException(
          origin + " is no hsmrest.properties: it is no text in UTF-8", e);
    } catch (IOException | IllegalArgumentException e) {
      throw new HsmConfigurationException(origin + " is no properties file: " + e.getMessage(), e);
    }
    Map<String, String> file = new HashMap<>();
    read.stringPropertyNames().forEach(key -> file.put(key, read.getProperty(key).strip()));
    return new Settings(origin, file, overrides);
  }

  /** The same with other values for some settings. */
  public Settings with(Map<String, String> overrides) {
    Map<String, String> all = new TreeMap<>(values);
    all.putAll(overrides);
    return new Settings(origin, file, all);
  }

  /** The settings among the system properties: {@code hsmrest.<setting>}. */
  public static Map<String, String> systemOverrides(Properties systemProperties) {
    Map<String, String> overrides = new HashMap<>();
    for (String name : systemProperties.stringPropertyNames()) {
      if (name.startsWith(OVERRIDE_PREFIX)) {
        overrides.put(
            name.substring(OVERRIDE_PREFIX.length()), systemProperties.getProperty(name).strip());
      }
    }
    return overrides;
  }

  /**
   * Refuses a file that sets what nobody knows. Unknown overrides are left alone: system properties
   * of that prefix may belong to others.
   */
  public void rejectUnknown(Set<String> known, Set<String> knownPrefixes)
      throws HsmConfigurationException {
    for (String key : new TreeMap<>(file).keySet()) {
      boolean hasName =
          knownPrefixes.stream()
              .anyMatch(prefix -> key.startsWith(prefix) && key.length() > prefix.length());
      if (!known.contains(key) && !hasName) {
        Set<String> names = new TreeSet<>(known);
        knownPrefixes.forEach(prefix -> names.add(prefix + afterDots(key, prefix)));
        throw new HsmConfigurationException(
            origin + ": unknown setting '" + key + "'" + NearestName.suggestion(key, names));
      }
    }
  }

  /** What of {@code key} would follow {@code prefix} if the parts before were written right. */
  private static String afterDots(String key, String prefix) {
    String rest = key;
    for (long dots = prefix.chars().filter(c -> c == '.').count(); dots > 0; dots--) {
      int dot = rest.indexOf('.');
      if (dot < 0) {
        return "<name>";
      }
      rest = rest.substring(dot + 1);
    }
    return rest.isEmpty() ? "<name>" : rest;
  }

  /** Where the settings came from. */
  public String origin() {
    return origin;
  }

  /** The text, empty when it is not set or set to nothing. */
  public Optional<String> text(String key) {
    return Optional.ofNullable(values.get(key)).filter(text -> !text.isEmpty());
  }

  /** The text of a setting without which nothing goes. */
  public String required(String key) throws HsmConfigurationException {
    return text(key)
        .orElseThrow(() -> new HsmConfigurationException(origin + ": '" + key + "' is not set"));
  }

  /** Elements separated by commas, without the blanks around them. */
  public List<String> list(String key) {
    List<String> elements = new ArrayList<>();
    for (String element : text(key).orElse("").split(",", -1)) {
      if (!element.isBlank()) {
        elements.add(element.strip());
      }
    }
    return List.copyOf(elements);
  }

  /** A duration such as {@code 500ms}, {@code 30s}, {@code 10m} or {@code 2h}. */
  public Duration duration(String key, Duration defaultValue) throws HsmConfigurationException {
    Optional<String> text = text(key);
    return text.isEmpty() ? defaultValue : parseDuration(key, text.get());
  }

  /** A duration above zero. */
  Duration positiveDuration(String key, Duration defaultValue) throws HsmConfigurationException {
    Duration duration = duration(key, defaultValue);
    if (duration.isZero()) {
      throw wrong(key, text(key).orElse(""), "a duration above zero");
    }
    return duration;
  }

  Duration parseDuration(String key, String text) throws HsmConfigurationException {
    Matcher matcher = DURATION.matcher(text);
    if (!matcher.matches()) {
      throw wrong(key, text, "a duration; write for example 500ms, 30s or 10m");
    }
    long amount = Long.parseLong(matcher.group(1));
    return switch (matcher.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      case "m" -> Duration.ofMinutes(amount);
      default -> Duration.ofHours(amount);
    };
  }

  /** A whole number from {@code min} to {@code max}. */
  public int integer(String key, int defaultValue, int min, int max)
      throws HsmConfigurationException {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return defaultValue;
    }
    try {
      int value = Integer.parseInt(text.get());
      if (value >= min && value <= max) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Told below, together with numbers out of range.
    }
    throw wrong(key, text.get(), "a whole number from " + min + " to " + max);
  }

  /** A number of bytes such as {@code 65536}, {@code 512k} or {@code 4m}. */
  public long bytes(String key, long defaultValue) throws HsmConfigurationException {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return defaultValue;
    }
    Matcher matcher = BYTES.matcher(text.get().toLowerCase(Locale.ROOT));
    if (!matcher.matches()) {
      throw wrong(key, text.get(), "a number of bytes; write for example 65536, 512k or 4m");
    }
    long unit =
        switch (matcher.group(2)) {
          case "k" -> 1L << 10;
          case "m" -> 1L << 20;
          default -> 1;
        };
    return Long.parseLong(matcher.group(1)) * unit;
  }

  /** A number of bytes from {@code min} to {@code max}. */
  long bytes(String key, long defaultValue, long min, long max) throws HsmConfigurationException {
    long bytes = bytes(key, defaultValue);
    if (bytes < min || bytes > max) {
      throw wrong(
          key, text(key).orElse(""), "a number of bytes from " + min + " to " + (max >> 20) + "m");
    }
    return bytes;
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String key, boolean defaultValue) throws HsmConfigurationException {
    Optional<String> text = text(key);
    return switch (text.orElse(String.valueOf(defaultValue))) {
      case "true" -> true;
      case "false" -> false;
      default -> throw wrong(key, text.orElse(""), "true or false");
    };
  }

  /** One of the constants of an enum, written in lower case. */
  public <E extends Enum<E>> E choice(String key, E defaultValue) throws HsmConfigurationException {
    Optional<String> text = text(key);
    if (text.isEmpty()) {
      return defaultValue;
    }
    List<String> allowed = new ArrayList<>();
    for (E constant : defaultValue.getDeclaringClass().getEnumConstants()) {
      String name = constant.name().toLowerCase(Locale.ROOT);
      if (name.equals(text.get())) {
        return constant;
      }
      allowed.add(name);
    }
    throw wrong(key, text.get(), "one of " + String.join(", ", allowed));
  }

  /** A secret, or where it is kept. */
  public Optional<SecretSource> secret(String key) throws HsmConfigurationException {
    Optional<String> text = text(key);
    return text.isEmpty()
        ? Optional.empty()
        : Optional.of(SecretSource.of(origin + ": " + key, text.get()));
  }

  /** Several secrets, or where they are kept, separated by commas. */
  public List<SecretSource> secrets(String key) throws HsmConfigurationException {
    List<SecretSource> sources = new ArrayList<>();
    for (String text : list(key)) {
      sources.add(SecretSource.of(origin + ": " + key, text));
    }
    return List.copyOf(sources);
  }

  /** A file; relative names count from the working directory. */
  public Optional<Path> path(String key) throws HsmConfigurationException {
    try {
      return text(key).map(Path::of);
    } catch (InvalidPathException e) {
      throw wrong(key, e.getInput(), "a file name");
    }
  }

  /** Settings that begin with {@code prefix}, by what follows it. */
  public Map<String, String> withPrefix(String prefix) {
    Map<String, String> found = new TreeMap<>();
    values.forEach(
        (key, value) -> {
          if (key.startsWith(prefix) && key.length() > prefix.length() && !value.isEmpty()) {
            found.put(key.substring(prefix.length()), value);
          }
        });
    return found;
  }

  /** A setting whose value is not repeated, because there is a password in it. */
  HsmConfigurationException refused(String key, String why) {
    return new HsmConfigurationException(origin + ": " + key + ": " + why);
  }

  HsmConfigurationException wrong(String key, String value, String allowed) {
    return new HsmConfigurationException(
        origin + ": " + key + ": '" + value + "' is not " + allowed);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Settings that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  /** The names of the settings, without values: some are secrets. */
  @Override
  public String toString() {
    return origin + " " + Arrays.toString(values.keySet().stream().sorted().toArray());
  }
}
