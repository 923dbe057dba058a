package io.riskstream.load.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.model.Micros;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.io.EncoderFactory;

/**
 * Writes events as Avro in Confluent's wire format, by one schema of the producers'; what the
 * schema does not know is left out. The same event gives the same bytes.
 *
 * @param id of the schema in the registry
 */
public record AvroEncoding(int id, Schema schema) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  byte[] encode(EventDraft event) {
    try {
      var bytes = new ByteArrayOutputStream(256);
      bytes.write(0);
      bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(id).array());
      var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
      new GenericDatumWriter<GenericData.Record>(schema).write(record(event), encoder);
      encoder.flush();
      return bytes.toByteArray();
    } catch (IOException impossible) { // all is in memory, and the draft is JSON
      throw new UncheckedIOException(impossible);
    }
  }

  private GenericData.Record record(EventDraft event) throws JsonProcessingException {
    var draft = JSON.readTree(event.json());
    var record = new GenericData.Record(schema);
    for (var field : schema.getFields()) {
      var member = draft.path(field.name());
      record.put(
          field.pos(),
          switch (field.name()) {
            case "timestamp" -> millis(member);
            case "value" -> decimal(member);
            case "properties" -> texts(member);
            case "retries" -> member.isNumber() ? member.intValue() : null;
            case "geo" -> member.isObject() ? place(member, field.schema()) : null;
            default -> member.textValue();
          });
    }
    return record;
  }

  private static long millis(JsonNode timestamp) {
    return timestamp.isTextual()
        ? Instant.parse(timestamp.textValue()).toEpochMilli()
        : timestamp.longValue();
  }

  private static ByteBuffer decimal(JsonNode value) {
    if (!value.isNumber()) {
      return null;
    }
    var rounded = value.decimalValue().setScale(Micros.SCALE, RoundingMode.HALF_EVEN);
    return ByteBuffer.wrap(rounded.unscaledValue().toByteArray());
  }

  private static Map<String, String> texts(JsonNode properties) {
    var texts = new HashMap<String, String>();
    for (var property : properties.properties()) {
      var value = property.getValue();
      if (!value.isNull()) {
        texts.put(property.getKey(), value.isTextual() ? value.textValue() : value.toString());
      }
    }
    return texts;
  }

  private static GenericData.Record place(JsonNode geo, Schema nullOrPlace) {
    var place = new GenericData.Record(nullOrPlace.getTypes().get(1));
    var at = new ArrayList<Double>();
    geo.path("at").forEach(degrees -> at.add(degrees.doubleValue()));
    place.put("country", geo.path("country").textValue());
    place.put("at", at);
    return place;
  }
}
