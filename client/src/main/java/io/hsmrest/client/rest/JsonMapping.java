package io.hsmrest.client.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.hsmrest.client.HsmProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text of JSON and plain maps, lists, strings, numbers; the one class that sees Jackson. What it
 * reads is bounded: 32 levels, numbers of 64 digits, names of 256 and strings of 1,048,576
 * characters; {@code http.maxResponseBytes} bounds the whole, unless it is a list.
 */
final class JsonMapping {
  private static final int DEEPEST = 32;
  private static final int LONGEST_NUMBER = 64;
  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_STRING = 1 << 20;

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxNameLength(LONGEST_NAME)
                          .maxStringLength(LONGEST_STRING)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private static final ObjectReader READER = MAPPER.readerFor(Object.class);

  private static final ObjectReader ELEMENT =
      MAPPER.readerFor(Object.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private JsonMapping() {}

  /** Compact JSON in UTF-8, names in alphabetical order. */
  static byte[] write(Map<String, ?> object) {
    try {
      return MAPPER.writeValueAsBytes(object);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + e.getOriginalMessage(), e);
    }
  }

  /**
   * Reads one JSON value: Map, List, String, Number, Boolean or null.
   *
   * @throws IOException when it is no JSON; the message holds nothing of the content
   */
  static @Nullable Object read(byte[] json) throws IOException {
    return read(json, READER);
  }

  /** The same, and no object in it may have two members of the same name. */
  static @Nullable Object readUnambiguous(byte[] json) throws IOException {
    return read(json, READER.with(StreamReadFeature.STRICT_DUPLICATE_DETECTION));
  }

  private static @Nullable Object read(byte[] json, ObjectReader reader) throws IOException {
    try {
      return reader.readValue(json);
    } catch (JsonProcessingException e) {
      throw noJson(e);
    }
  }

  /** Takes one value of a list: Map, List, String, Number, Boolean or null. */
  @FunctionalInterface
  interface Element {
    void take(@Nullable Object value) throws HsmProtocolException;
  }

  /** Text that is no JSON, or more than is taken; the message holds nothing of the content. */
  static final class NoJsonException extends IOException {
    private static final long serialVersionUID = 1L;

    private NoJsonException(String message) {
      super(message);
    }
  }

  /**
   * Reads one JSON object and hands out the values of one list in it, one after the other; a null
   * in its place counts as an empty one.
   *
   * @return false when the object has no such member
   * @throws NoJsonException when it is no such thing
   * @throws IOException when the stream fails
   */
  static boolean readEach(InputStream json, String list, Element element)
      throws IOException, HsmProtocolException {
    try (JsonParser parser = MAPPER.createParser(json)) {
      boolean found = false;
      expect(parser.nextToken() == JsonToken.START_OBJECT);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        boolean wanted = parser.currentName().equals(list);
        JsonToken value = parser.nextToken();
        if (wanted && value != JsonToken.VALUE_NULL) {
          expect(value == JsonToken.START_ARRAY);
          while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.take(ELEMENT.readValue(parser));
          }
        } else {
          parser.skipChildren();
        }
        found |= wanted;
      }
      expect(parser.currentToken() == JsonToken.END_OBJECT && parser.nextToken() == null);
      return found;
    } catch (JsonProcessingException e) {
      throw noJson(e);
    }
  }

  private static void expect(boolean met) throws NoJsonException {
    if (!met) {
      throw new NoJsonException("no JSON of that form");
    }
  }

  private static NoJsonException noJson(JsonProcessingException e) {
    return new NoJsonException(
        e instanceof StreamConstraintsException
            ? "JSON beyond the limits: " + e.getOriginalMessage()
            // Its message quotes what it stumbled over, which may be a secret.
            : "no JSON");
  }
}
