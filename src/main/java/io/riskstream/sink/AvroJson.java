package io.riskstream.sink;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.apache.avro.generic.IndexedRecord;

/**
 * Writes a record of an Avro contract as plain JSON: times as epoch milliseconds, decimals as
 * numbers with all their places, bytes as base64, unions without a wrapper.
 */
public final class AvroJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(com.fasterxml.jackson.core.StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
          .build();

  private AvroJson() {}

  /** Returns the record in UTF-8, fields in the order of their schema. */
  public static byte[] encode(IndexedRecord avro) {
    var bytes = new ByteArrayOutputStream(512);
    try (var json = JSON.createGenerator(bytes)) {
      write(avro, json);
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory cannot fail to take bytes", impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(Object value, JsonGenerator json) throws IOException {
    if (value == null) {
      json.writeNull();
    } else if (value instanceof IndexedRecord nested) {
      json.writeStartObject();
      for (var field : nested.getSchema().getFields()) {
        json.writeFieldName(field.name());
        write(nested.get(field.pos()), json);
      }
      json.writeEndObject();
    } else if (value instanceof CharSequence || value instanceof Enum<?>) {
      json.writeString(value.toString());
    } else if (value instanceof Integer number) {
      json.writeNumber(number);
    } else if (value instanceof Long number) {
      json.writeNumber(number);
    } else if (value instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (value instanceof Instant time) {
      json.writeNumber(time.toEpochMilli());
    } else if (value instanceof BigDecimal decimal) {
      json.writeNumber(decimal);
    } else if (value instanceof ByteBuffer buffer) {
      var content = new byte[buffer.remaining()];
      buffer.duplicate().get(content);
      json.writeBinary(content);
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (var entry : map.entrySet()) {
        json.writeFieldName(entry.getKey().toString());
        write(entry.getValue(), json);
      }
      json.writeEndObject();
    } else if (value instanceof Iterable<?> elements) {
      json.writeStartArray();
      for (var element : elements) {
        write(element, json);
      }
      json.writeEndArray();
    } else {
      throw new IllegalArgumentException("no JSON form for " + value.getClass().getName());
    }
  }
}
