package io.hsmrest.simulator.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Reads {@code simulator.json}. Comments are allowed; an unknown setting is an error. */
public final class SettingsFile {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private SettingsFile() {}

  /**
   * Reads a file.
   *
   * @throws SettingsException if it cannot be read or says something that cannot be
   */
  public static Settings read(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException e) {
      throw new SettingsException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw new SettingsException(file + ": cannot be read: " + e.getMessage(), e);
    }
    try {
      return parse(text);
    } catch (SettingsException e) {
      throw new SettingsException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Reads settings from their text.
   *
   * @throws SettingsException if they say something that cannot be
   */
  public static Settings parse(String json) {
    try {
      return MAPPER.readValue(json, Settings.class);
    } catch (UnrecognizedPropertyException e) {
      throw new SettingsException(
          "unknown setting '" + path(e) + "'; known here: " + e.getKnownPropertyIds(), e);
    } catch (JsonMappingException e) {
      String where = path(e);
      throw new SettingsException(
          (where.isEmpty() ? "" : "'" + where + "': ") + e.getOriginalMessage(), e);
    } catch (JsonProcessingException e) {
      throw new SettingsException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  static Behaviour defaultBehaviour() {
    try {
      return MAPPER.readValue("{}", Behaviour.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an empty object is always readable", e);
    }
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(
            step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
        .collect(Collectors.joining("."));
  }
}
