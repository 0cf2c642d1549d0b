package io.hsmrest.client.rest;

import io.hsmrest.client.HsmProtocolException;
import io.hsmrest.client.NearestName;
import io.hsmrest.client.model.Octets;
import io.hsmrest.client.model.PemText;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object of an answer, read by name and type. Members that nobody asks for are ignored; what
 * is asked for and does not fit is a {@link HsmProtocolException} that names the place.
 */
final class JsonObject {
  private final String place;
  private final Map<?, ?> members;

  private JsonObject(String place, Map<?, ?> members) {
    this.place = place;
    this.members = members;
  }

  /** An object, or an error that says where one was expected. */
  static JsonObject of(String place, @Nullable Object value) throws HsmProtocolException {
    if (value instanceof Map<?, ?> members) {
      return new JsonObject(place, members);
    }
    throw new HsmProtocolException(place + " is not a JSON object", null);
  }

  /** Whether the member is there, null included. */
  boolean has(String name) {
    return members.containsKey(name);
  }

  @Nullable String optionalText(String name) throws HsmProtocolException {
    Object value = members.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw wrong(name, "not a string");
  }

  String text(String name) throws HsmProtocolException {
    String text = optionalText(name);
    if (text == null) {
      throw wrong(name, "missing");
    }
    return text;
  }

  @Nullable Integer optionalInteger(String name) throws HsmProtocolException {
    Object value = members.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof Integer number) {
      return number;
    }
    throw wrong(name, "not a whole number");
  }

  int integer(String name) throws HsmProtocolException {
    Integer number = optionalInteger(name);
    if (number == null) {
      throw wrong(name, "missing");
    }
    return number;
  }

  boolean flag(String name) throws HsmProtocolException {
    Object value = members.get(name);
    if (value == null || value instanceof Boolean) {
      return Boolean.TRUE.equals(value);
    }
    throw wrong(name, "not true or false");
  }

  /** A time for people to read; in a form that nobody knows yet it counts as not told. */
  @Nullable Instant optionalTime(String name) throws HsmProtocolException {
    String text = optionalText(name);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** A string; numbers, true and false as their text. */
  @Nullable String optionalScalar(String name) throws HsmProtocolException {
    Object value = members.get(name);
    return value instanceof Boolean || value instanceof Number
        ? value.toString()
        : optionalText(name);
  }

  /** Bytes in base64, with or without PEM armour; null and empty are null. */
  @Nullable Octets optionalOctets(String name) throws HsmProtocolException {
    String text = optionalText(name);
    if (text == null || text.isEmpty()) {
      return null;
    }
    try {
      return PemText.decode(text);
    } catch (IllegalArgumentException e) {
      throw wrong(name, "not base64");
    }
  }

  Octets octets(String name) throws HsmProtocolException {
    Octets octets = optionalOctets(name);
    if (octets == null) {
      throw wrong(name, "missing or empty");
    }
    return octets;
  }

  @Nullable JsonObject optionalObject(String name) throws HsmProtocolException {
    Object value = members.get(name);
    return value == null ? null : of(place + "." + name, value);
  }

  JsonObject object(String name) throws HsmProtocolException {
    return of(place + "." + name, members.get(name));
  }

  /** A list of objects; null when it is absent or null. */
  @Nullable List<JsonObject> optionalObjects(String name) throws HsmProtocolException {
    Object value = members.get(name);
    if (value == null) {
      return null;
    }
    if (!(value instanceof List<?> elements)) {
      throw wrong(name, "not a list");
    }
    List<JsonObject> objects = new ArrayList<>();
    for (Object element : elements) {
      objects.add(of(place + "." + name + "[" + objects.size() + "]", element));
    }
    return objects;
  }

  /**
   * A list of keys in base64, empty when it is absent or null. A text that is no base64, such as a
   * name, counts as its bytes: what matters is how many there are.
   */
  List<Octets> octetsList(String name) throws HsmProtocolException {
    Object value = members.get(name);
    if (value == null) {
      return List.of();
    }
    List<Octets> octets = new ArrayList<>();
    for (String text : texts(place + "." + name, value)) {
      try {
        octets.add(PemText.decode(text));
      } catch (IllegalArgumentException e) {
        octets.add(Octets.of(text.getBytes(StandardCharsets.UTF_8)));
      }
    }
    return octets;
  }

  /** All members as texts, see {@link JsonMembers}. */
  Map<String, String> flat() {
    return JsonMembers.flat(members);
  }

  /** Refuses members that are none of these, naming the nearest. */
  void rejectOthers(Set<String> known) throws HsmProtocolException {
    for (Object name : members.keySet()) {
      if (!known.contains(name)) {
        String text = String.valueOf(name);
        throw new HsmProtocolException(
            place + ": unknown member '" + text + "'" + NearestName.suggestion(text, known), null);
      }
    }
  }

  /** A value that must be a list of strings. */
  static List<String> texts(String place, @Nullable Object value) throws HsmProtocolException {
    List<String> texts = new ArrayList<>();
    if (value instanceof List<?> elements) {
      for (Object element : elements) {
        if (element instanceof String text) {
          texts.add(text);
        }
      }
      if (texts.size() == elements.size()) {
        return texts;
      }
    }
    throw new HsmProtocolException(place + " is not a list of strings", null);
  }

  HsmProtocolException wrong(String name, String how) {
    return new HsmProtocolException(place + "." + name + " is " + how, null);
  }
}
