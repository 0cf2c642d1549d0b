package io.hsmrest.simulator.state;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import io.hsmrest.simulator.crypto.Bytes;
import io.hsmrest.simulator.crypto.KeyMaterial;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.function.Function;

/** Turns the records of this package into bytes for the store, and back. */
final class Codec {
  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(
              new SimpleModule()
                  .addSerializer(Bytes.class, writer(Bytes.class, Bytes::toBase64))
                  .addDeserializer(Bytes.class, reader(Bytes.class, Bytes::ofBase64))
                  .addSerializer(
                      KeyMaterial.class,
                      writer(KeyMaterial.class, key -> Bytes.of(key.toBytes()).toBase64()))
                  .addDeserializer(
                      KeyMaterial.class,
                      reader(
                          KeyMaterial.class,
                          text -> KeyMaterial.fromBytes(Bytes.ofBase64(text).toArray())))
                  .addSerializer(Instant.class, writer(Instant.class, Instant::toString))
                  .addDeserializer(Instant.class, reader(Instant.class, Instant::parse)))
          .build();

  private Codec() {}

  static byte[] write(Object record) {
    try {
      return MAPPER.writeValueAsBytes(record);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static <T> T read(byte[] bytes, Class<T> type) {
    try {
      return MAPPER.readValue(bytes, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static <T> StdSerializer<T> writer(Class<T> type, Function<T, String> text) {
    return new StdSerializer<>(type) {
      private static final long serialVersionUID = 1L;

      @Override
      public void serialize(T value, JsonGenerator generator, SerializerProvider provider)
          throws IOException {
        generator.writeString(text.apply(value));
      }
    };
  }

  private static <T> StdDeserializer<T> reader(Class<T> type, Function<String, T> value) {
    return new StdDeserializer<>(type) {
      private static final long serialVersionUID = 1L;

      @Override
      public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return value.apply(parser.getText());
      }
    };
  }
}
