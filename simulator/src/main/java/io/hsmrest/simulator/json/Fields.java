package io.hsmrest.simulator.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.ServiceRefusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object of a request body, read field by field (contract 1.4 and 4.2).
 *
 * <p>Each reading method names a field the service knows. Nothing is refused until {@link #end}:
 * then the whole body is judged, since the service binds a body completely before it validates it
 * and reports the first failing field only. Until then a failed reading yields an empty value. Not
 * thread-safe.
 */
public final class Fields {
  static final String CANNOT_PARSE = "Invalid request. Cannot parse json string";
  private static final String NO_BODY = "Invalid request. See log for details.";

  private final Reading reading;
  private final String prefix;
  private final ObjectNode node;
  private final Set<String> known = new HashSet<>();

  private Fields(Reading reading, String prefix, ObjectNode node) {
    this.reading = reading;
    this.prefix = prefix;
    this.node = node;
    reading.opened(this);
  }

  /**
   * The root object of a body.
   *
   * @param lenient whether unknown properties are passed over
   * @throws ServiceRefusal 600 if the body is missing or no JSON object
   */
  public static Fields of(byte[] body, boolean lenient) {
    JsonNode root;
    try {
      root = Json.read(body);
    } catch (IOException e) {
      throw ServiceRefusal.invalidInput(CANNOT_PARSE);
    }
    if (root.isMissingNode() || root.isNull()) {
      throw ServiceRefusal.invalidInput(NO_BODY);
    }
    if (!(root instanceof ObjectNode object)) {
      throw ServiceRefusal.invalidInput(CANNOT_PARSE);
    }
    return new Fields(new Reading(lenient), "", object);
  }

  /**
   * Ends the reading of the whole body.
   *
   * @throws ServiceRefusal 600 with the first thing that was wrong
   */
  public void end() {
    String refusal = reading.refusal();
    if (refusal != null) {
      throw ServiceRefusal.invalidInput(refusal);
    }
  }

  /** The object as it came. */
  public ObjectNode asSent() {
    return node;
  }

  /** Whether the field is there and not null. */
  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  /** Fields that are accepted and not used here. */
  public void accept(String... names) {
    known.addAll(List.of(names));
  }

  /** A rule across fields is broken; the text is the whole message. */
  public void violate(String message) {
    reading.violation(message);
  }

  /** A field is broken; the text follows the field's path. */
  public void violate(String name, String text) {
    reading.violation("'" + prefix + name + "' " + text);
  }

  boolean hasUnknown() {
    Iterator<String> names = node.fieldNames();
    while (names.hasNext()) {
      if (!known.contains(names.next())) {
        return true;
      }
    }
    return false;
  }

  /** A nested object that must be there. */
  public Fields object(String name) {
    Fields object = optionalObject(name);
    if (object != null) {
      return object;
    }
    violate(name, "must not be null");
    return new Fields(reading, prefix + name + ".", Json.object());
  }

  /** A nested object, or null. */
  public @Nullable Fields optionalObject(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (value instanceof ObjectNode object) {
      return new Fields(reading, prefix + name + ".", object);
    }
    reading.unbindable(CANNOT_PARSE);
    return null;
  }

  /** A list of objects, or null. Null elements are kept. */
  public @Nullable List<@Nullable Fields> optionalObjects(String name) {
    JsonNode array = array(name);
    if (array == null) {
      return null;
    }
    List<@Nullable Fields> objects = new ArrayList<>();
    for (JsonNode element : array) {
      if (element instanceof ObjectNode object) {
        objects.add(new Fields(reading, prefix + name + "[" + objects.size() + "].", object));
      } else if (element.isNull()) {
        objects.add(null);
      } else {
        reading.unbindable(CANNOT_PARSE);
      }
    }
    return objects;
  }

  /** A text that must be there and not be empty. */
  public String text(String name) {
    String text = optionalText(name);
    if (text == null || text.isEmpty()) {
      violate(name, "must not be empty");
      return "";
    }
    return text;
  }

  /** A text, or null. */
  public @Nullable String optionalText(String name) {
    JsonNode value = value(name);
    return value == null ? null : scalarText(value);
  }

  /** A list of texts; empty if absent. */
  public List<String> texts(String name) {
    JsonNode array = array(name);
    List<String> texts = new ArrayList<>();
    if (array != null) {
      array.forEach(element -> Optional.ofNullable(scalarText(element)).ifPresent(texts::add));
    }
    return texts;
  }

  /** A truth value that must be there. */
  public boolean flag(String name) {
    Boolean flag = optionalFlag(name);
    if (flag == null) {
      violate(name, "must not be null");
      return false;
    }
    return flag;
  }

  /** A truth value, or null. */
  public @Nullable Boolean optionalFlag(String name) {
    JsonNode value = value(name);
    if (value == null || value.isBoolean()) {
      return value == null ? null : (Boolean) value.booleanValue();
    }
    String text = scalarText(value);
    if (text == null || text.isEmpty()) {
      return null;
    }
    return switch (text) {
      case "true", "True", "TRUE" -> true;
      case "false", "False", "FALSE" -> false;
      default -> invalid(name, text);
    };
  }

  /** A whole number, or null. */
  public @Nullable Integer optionalNumber(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (value.isNumber()) {
      double number = value.doubleValue();
      if (number < Integer.MIN_VALUE || number > Integer.MAX_VALUE) {
        reading.unbindable(CANNOT_PARSE);
        return null;
      }
      return (int) number;
    }
    String text = value.isTextual() ? value.textValue().trim() : scalarText(value);
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return Integer.valueOf(text);
    } catch (NumberFormatException e) {
      return invalid(name, text);
    }
  }

  /** One of the values of a closed set that must be there. */
  public <T> Optional<T> choice(String name, Function<String, Optional<T>> byName) {
    Optional<T> chosen = optionalChoice(name, byName);
    if (chosen.isEmpty()) {
      violate(name, "must not be null");
    }
    return chosen;
  }

  /** One of the values of a closed set, or nothing. */
  public <T> Optional<T> optionalChoice(String name, Function<String, Optional<T>> byName) {
    String text = optionalText(name);
    if (text == null) {
      return Optional.empty();
    }
    Optional<T> chosen = byName.apply(text);
    if (chosen.isEmpty()) {
      invalid(name, text);
    }
    return chosen;
  }

  /** Values of a closed set; empty if absent. */
  public <T> List<T> choices(String name, Function<String, Optional<T>> byName) {
    List<T> chosen = new ArrayList<>();
    for (String text : texts(name)) {
      byName.apply(text).ifPresentOrElse(chosen::add, () -> invalid(name, text));
    }
    return chosen;
  }

  /** Bytes in base64 that must be there and not be empty. */
  public Bytes base64(String name) {
    text(name);
    return Optional.ofNullable(optionalBase64(name)).orElse(Bytes.empty());
  }

  /** Bytes in base64, or null; an empty text is no bytes. */
  public @Nullable Bytes optionalBase64(String name) {
    String text = optionalText(name);
    if (text == null) {
      return null;
    }
    Optional<Bytes> bytes = Base64Text.decode(text);
    if (bytes.isEmpty()) {
      violate(name, "is not a valid base64 encoded value");
    }
    return bytes.orElse(Bytes.empty());
  }

  /** A list of bytes in base64; empty if absent. */
  public List<Bytes> base64List(String name) {
    List<Bytes> all = new ArrayList<>();
    for (String text : texts(name)) {
      Optional<Bytes> bytes = Base64Text.decode(text);
      if (bytes.isEmpty()) {
        violate(name + "[" + all.size() + "]", "is not a valid base64 encoded value");
      }
      all.add(bytes.orElse(Bytes.empty()));
    }
    return all;
  }

  /** A password, or null: an array of one-character strings, or a string. */
  public @Nullable Password optionalPassword(String name) {
    JsonNode value = value(name);
    if (value == null) {
      return null;
    }
    if (value.isTextual()) {
      return new Password(value.textValue());
    }
    var characters = new StringBuilder();
    if (value.isArray()) {
      for (JsonNode element : value) {
        if (!element.isTextual() || element.textValue().length() != 1) {
          reading.unbindable(CANNOT_PARSE);
          return null;
        }
        characters.append(element.textValue());
      }
      return new Password(characters.toString());
    }
    reading.unbindable(CANNOT_PARSE);
    return null;
  }

  private @Nullable JsonNode value(String name) {
    known.add(name);
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value;
  }

  private @Nullable JsonNode array(String name) {
    JsonNode value = value(name);
    if (value == null || value.isArray()) {
      return value;
    }
    reading.unbindable(CANNOT_PARSE);
    return null;
  }

  /** Numbers and truth values bind to texts, as they do at the service; containers do not. */
  private @Nullable String scalarText(JsonNode value) {
    if (value.isValueNode() && !value.isNull()) {
      return value.asText();
    }
    reading.unbindable(CANNOT_PARSE);
    return null;
  }

  @SuppressWarnings("TypeParameterUnusedInFormals") // always null, whatever the type
  private <T> @Nullable T invalid(String name, String value) {
    String path = prefix + name;
    int end = path.length();
    for (char separator : new char[] {'.', '['}) {
      int at = path.indexOf(separator);
      end = at < 0 ? end : Math.min(end, at);
    }
    reading.unbindable("Value '" + value + "' is not valid for field " + path.substring(0, end));
    return null;
  }
}
