package io.riskstream.source.avro;

import io.riskstream.model.Coordinates;
import io.riskstream.model.RejectionReason;
import io.riskstream.registry.RegistryAddress;
import io.riskstream.source.event.DecodedEvent;
import io.riskstream.source.event.EventFields;
import io.riskstream.source.event.EventFields.Name;
import io.riskstream.source.event.Rejection;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.apache.flink.metrics.MetricGroup;

/**
 * Decodes one Avro record in Confluent's wire format into an event, by the schema that it names, in
 * one pass and without a tree. Fields mean what the same fields of a JSON record mean, and are held
 * to the same limits.
 */
public final class AvroEventDecoder {
  private static final byte MAGIC = 0;
  private static final int HEADER_BYTES = 1 + Integer.BYTES;
  private static final int FIELD_DEPTH = 2;

  private final WriterSchemas schemas;
  private final long maxFutureSkewMillis;

  AvroEventDecoder(WriterSchemas schemas, long maxFutureSkewMillis) {
    this.schemas = schemas;
    this.maxFutureSkewMillis = maxFutureSkewMillis;
  }

  /** A decoder that asks the registry for schemas, and remembers them. */
  public static AvroEventDecoder of(
      RegistryAddress registry, MetricGroup metrics, long maxFutureSkewMillis) {
    var schemas = new CachedSchemas(new PatientRegistry(registry, metrics), System::nanoTime);
    return new AvroEventDecoder(schemas, maxFutureSkewMillis);
  }

  /** A decoder that knows of no schema: every record is refused, with the remedy. */
  public static AvroEventDecoder withoutRegistry(long maxFutureSkewMillis) {
    var schemas =
        new CachedSchemas(
            id -> new CachedSchemas.Absent("no registry is configured; set schema-registry.url"),
            System::nanoTime);
    return new AvroEventDecoder(schemas, maxFutureSkewMillis);
  }

  /** Returns whether the value is meant to be Avro: no JSON document starts with this byte. */
  public static boolean recognizes(byte[] valueOrNull) {
    return valueOrNull != null && valueOrNull.length > 0 && valueOrNull[0] == MAGIC;
  }

  /**
   * Returns the event that the value says. Waits for its schema as long as that takes.
   *
   * @throws Rejection if it keeps not to the contract
   */
  public DecodedEvent decode(byte[] value, Coordinates coordinates)
      throws Rejection, InterruptedException {
    Rejection.ifTooLarge(value);
    if (value.length < HEADER_BYTES) {
      throw new Rejection(
          RejectionReason.MALFORMED_AVRO,
          "the value begins as Avro, but ends within the id of its schema");
    }
    var schema = schemas.of(ByteBuffer.wrap(value).getInt(1));
    var input = new AvroInput(value, HEADER_BYTES);
    var fields = new EventFields();
    new FieldReader(input, fields).read(schema);
    input.expectEnd();
    return fields.decoded(coordinates, maxFutureSkewMillis);
  }

  /** Reads one record's fields in their order. */
  private record FieldReader(AvroInput input, AvroTexts texts, EventFields fields) {
    FieldReader(AvroInput input, EventFields fields) {
      this(input, new AvroTexts(input), fields);
    }

    void read(WriterSchema record) throws Rejection {
      input.beginValue();
      for (var field : record.fields()) {
        var name = field.nameOrNull();
        var schema = texts.branch(field.schema());
        if (name == null) {
          fields.properties().addUnknown(field.written(), texts.read(schema, FIELD_DEPTH));
        } else if (schema.getType() != Schema.Type.NULL) {
          read(name, schema);
        }
      }
    }

    private void read(Name name, Schema schema) throws Rejection {
      switch (name) {
        case EVENT_ID, USER_ID, EVENT_TYPE, SESSION_ID -> readText(name, schema);
        case TIMESTAMP -> readTimestamp(schema);
        case VALUE -> readValue(schema);
        case PROPERTIES -> readProperties(schema);
      }
    }

    private void readText(Name name, Schema schema) throws Rejection {
      var text = scalarOrNull(schema);
      if (text != null && AvroTexts.isText(schema)) {
        fields.text(name, text);
      } else {
        fields.noText(name);
      }
    }

    private void readTimestamp(Schema schema) throws Rejection {
      if (schema.getType() == Schema.Type.LONG) {
        readInstant(input.readLong(), schema.getProp("logicalType"));
        return;
      }
      var text = scalarOrNull(schema);
      if (text != null && AvroTexts.isText(schema)) {
        fields.timestampText(text);
      } else if (text != null && AvroTexts.isNumber(schema, text)) {
        fields.timestampNumber(text);
      } else {
        fields.noTimestamp();
      }
    }

    private void readInstant(long number, String logicalTypeOrNull) {
      switch (logicalTypeOrNull == null ? "" : logicalTypeOrNull) {
        case "timestamp-micros" -> fields.timestamp(Math.floorDiv(number, 1_000L));
        case "timestamp-nanos" -> fields.timestamp(Math.floorDiv(number, 1_000_000L));
        case "local-timestamp-millis", "local-timestamp-micros", "local-timestamp-nanos" ->
            fields.noInstant("timestamp is a local time; write it as timestamp-millis, in UTC");
        default -> fields.timestamp(number);
      }
    }

    private void readValue(Schema schema) throws Rejection {
      var text = scalarOrNull(schema);
      if (text != null && AvroTexts.isNumber(schema, text)) {
        fields.value(text);
      } else {
        fields.refuse(RejectionReason.INVALID_VALUE, "value must be a number");
      }
    }

    private void readProperties(Schema schema) throws Rejection {
      switch (schema.getType()) {
        case MAP -> {
          for (var count = input.readBlock(); count > 0; count = input.readBlock()) {
            for (var entry = 0L; entry < count; entry++) {
              readProperty(input.readString(), schema.getValueType());
            }
          }
        }
        case RECORD -> {
          for (var field : schema.getFields()) {
            readProperty(field.name(), field.schema());
          }
        }
        case STRING, ENUM, BYTES, FIXED, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL, ARRAY, UNION -> {
          var unused = scalarOrNull(schema);
          fields.refuse(RejectionReason.WRONG_TYPE, "properties must be a map or a record");
        }
      }
    }

    private void readProperty(String name, Schema written) throws Rejection {
      var text = texts.read(texts.branch(written), FIELD_DEPTH + 1);
      if (!fields.properties().addNamed(name, text)) {
        throw input.malformed("a map that names a key twice");
      }
    }

    /** Returns null where the value is nested, behind its end. */
    private String scalarOrNull(Schema schema) throws Rejection {
      return switch (schema.getType()) {
        case RECORD, ARRAY, MAP -> {
          var unused = texts.read(schema, FIELD_DEPTH);
          yield null;
        }
        case STRING, ENUM, BYTES, FIXED, INT, LONG, FLOAT, DOUBLE, BOOLEAN, NULL, UNION ->
            texts.scalar(schema);
      };
    }
  }
}
