package io.hsmrest.client.rest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Text of JSON and plain maps, lists, strings, numbers; the one class that sees Jackson. What it
 * reads is bounded: 32 levels, numbers of 64 digits, names of 256 and strings of 1,048,576
 * characters; {@code http.maxResponseBytes} bounds the whole.
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
    } catch (StreamConstraintsException e) {
      throw new IOException("JSON beyond the limits: " + e.getOriginalMessage());
    } catch (JsonProcessingException e) {
      // Its message quotes what it stumbled over, which may be a secret.
      throw new IOException("no JSON");
    }
  }
}
