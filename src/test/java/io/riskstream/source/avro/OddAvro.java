package io.riskstream.source.avro;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;

/** Schemas of events made of odd parts, and records of them, encoded by Avro's own encoder. */
final class OddAvro {
  static final int ID = 7;
  static final long INGESTED = 1_767_225_600_000L;

  private static final List<String> TEXT_TYPES =
      List.of(
          "'string'",
          "['null','string']",
          "{'type':'string','logicalType':'uuid'}",
          "{'type':'enum','name':'E?','symbols':['a','failed_login']}",
          "'bytes'",
          "{'type':'fixed','name':'F?','size':3}",
          "'int'",
          "'double'",
          "'boolean'",
          "{'type':'array','items':'string'}",
          "['null',{'type':'bytes','logicalType':'decimal','precision':4,'scale':1}]");
  private static final List<String> TIMESTAMP_TYPES =
      List.of(
          "'long'",
          "{'type':'long','logicalType':'timestamp-millis'}",
          "['null',{'type':'long','logicalType':'timestamp-micros'}]",
          "{'type':'long','logicalType':'timestamp-micros'}",
          "{'type':'long','logicalType':'timestamp-nanos'}",
          "{'type':'long','logicalType':'local-timestamp-millis'}",
          "{'type':'long','logicalType':'time-micros'}",
          "'string'",
          "'int'",
          "{'type':'int','logicalType':'date'}",
          "'double'",
          "'float'",
          "{'type':'bytes','logicalType':'decimal','precision':20,'scale':0}",
          "'boolean'",
          "'bytes'",
          "{'type':'map','values':'long'}");
  private static final List<String> VALUE_TYPES =
      List.of(
          "['null',{'type':'bytes','logicalType':'decimal','precision':18,'scale':6}]",
          "'double'",
          "['null','double','string']",
          "'float'",
          "'int'",
          "'long'",
          "'null'",
          "{'type':'bytes','logicalType':'decimal','precision':40,'scale':10}",
          "{'type':'bytes','logicalType':'decimal','precision':2000,'scale':1990}",
          "{'type':'bytes','logicalType':'decimal','precision':2000000000,'scale':2000000000}",
          "{'type':'fixed','name':'D?','size':9,'logicalType':'decimal','precision':20,'scale':7}",
          "{'type':'bytes','logicalType':'decimal','precision':2,'scale':7}",
          "'bytes'",
          "'boolean'",
          "{'type':'enum','name':'V?','symbols':['a']}",
          "{'type':'array','items':'null'}");
  private static final List<String> PROPERTIES_TYPES =
      List.of(
          "{'type':'map','values':'string'}",
          "['null',{'type':'map','values':'string'}]",
          "{'type':'map','values':['null','string','double','long','boolean','float']}",
          "{'type':'map','values':{'type':'array','items':['null','int','string']}}",
          "{'type':'record','name':'P?','fields':[{'name':'extra','type':['null','string']},"
              + "{'name':'ip','type':'string'},{'name':'n','type':{'type':'map','values':'bytes'}}]}",
          "{'type':'array','items':'string'}",
          "'string'",
          "'boolean'");
  private static final List<String> UNKNOWN_TYPES =
      List.of(
          "'string'",
          "'int'",
          "'null'",
          "['null','string']",
          "'float'",
          "'double'",
          "'bytes'",
          "{'type':'bytes','logicalType':'decimal','precision':9,'scale':8}",
          "{'type':'array','items':{'type':'map','values':['null','double','bytes']}}",
          "{'type':'record','name':'R?','fields':[{'name':'b','type':'boolean'},"
              + "{'name':'t','type':{'type':'long','logicalType':'timestamp-micros'}},"
              + "{'name':'d','type':{'type':'fixed','name':'G?','size':2,'logicalType':'decimal',"
              + "'precision':4,'scale':1}}]}",
          "{'type':'array','items':{'type':'record','name':'N?','fields':[]}}",
          "{'type':'array','items':'null'}",
          "{'type':'record','name':'L?','fields':[{'name':'next','type':['null','L?']}]}");
  private static final List<String> STRINGS =
      List.of(
          "a",
          "u-1",
          "",
          "é€😀",
          "\uFFFD",
          "x".repeat(256),
          "x".repeat(257),
          "é".repeat(129),
          "a\u0000b\\\"\n\u007f");
  private static final List<String> TIMES =
      List.of(
          "2026-01-01T00:00:00Z",
          "2026-01-01T01:00:00.123456+01:00",
          "2026-01-01T00:00:00",
          "yesterday",
          "");
  private static final long[] MILLIS = {
    INGESTED, 0, -1, 946_684_799_999L, 946_684_800_000L, INGESTED + 300_000, INGESTED + 300_001
  };
  private static final double[] DOUBLES = {
    12.5,
    -0.0,
    0.1,
    5.0E-7,
    1.5E-6,
    9.999999999999999E11,
    1e12,
    1e300,
    Double.MIN_VALUE,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.parseDouble("2e23"),
    9.007199254740992E15
  };

  private final Random random;
  private int names;

  OddAvro(Random random) {
    this.random = random;
  }

  /** Returns a schema whose fields are mostly what the contract asks for. */
  Schema schema() {
    var fields = new ArrayList<String>();
    addSometimes(fields, "event_id", TEXT_TYPES);
    addSometimes(fields, "user_id", TEXT_TYPES);
    addSometimes(fields, "event_type", TEXT_TYPES);
    addSometimes(fields, "timestamp", TIMESTAMP_TYPES);
    addHalf(fields, "session_id", TEXT_TYPES);
    addHalf(fields, "value", VALUE_TYPES);
    addHalf(fields, "properties", PROPERTIES_TYPES);
    if (random.nextInt(3) == 0) {
      fields.add(field("extra", any(UNKNOWN_TYPES)));
      fields.add(field("ip", any(UNKNOWN_TYPES)));
    }
    Collections.shuffle(fields, random);
    var json = "{'type':'record','name':'Event','fields':[" + String.join(",", fields) + "]}";
    return new Schema.Parser().parse(json.replace('\'', '"'));
  }

  /** Returns a record of the schema in Confluent's wire format. */
  byte[] record(Schema schema) {
    var bytes = new ByteArrayOutputStream();
    bytes.write(0);
    bytes.writeBytes(ByteBuffer.allocate(4).putInt(ID).array());
    var encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      for (var field : schema.getFields()) {
        write(field.name(), field.schema(), encoder);
      }
      encoder.flush();
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    return bytes.toByteArray();
  }

  private void write(String name, Schema schema, BinaryEncoder out) throws IOException {
    switch (schema.getType()) {
      case NULL -> out.writeNull();
      case BOOLEAN -> out.writeBoolean(random.nextBoolean());
      case INT -> out.writeInt(random.nextInt(3) == 0 ? random.nextInt() : random.nextInt(9));
      case LONG -> out.writeLong(number(name, schema));
      case FLOAT -> out.writeFloat((float) DOUBLES[odd(DOUBLES.length)]);
      case DOUBLE -> out.writeDouble(DOUBLES[odd(DOUBLES.length)]);
      case STRING -> out.writeString(name.equals("timestamp") ? mostly(TIMES) : mostly(STRINGS));
      case BYTES -> out.writeBytes(bytes(random.nextInt(8) == 0 ? 399 + odd(3) : odd(9)));
      case FIXED -> out.writeFixed(bytes(schema.getFixedSize()));
      case ENUM -> out.writeEnum(random.nextInt(schema.getEnumSymbols().size()));
      case UNION -> {
        // The last branch more often than null.
        var last = schema.getTypes().size() - 1;
        var branch = random.nextInt(4) == 0 ? random.nextInt(last + 1) : last;
        out.writeIndex(branch);
        write(name, schema.getTypes().get(branch), out);
      }
      case RECORD -> {
        for (var field : schema.getFields()) {
          write(field.name(), field.schema(), out);
        }
      }
      case ARRAY -> {
        var items = random.nextInt(3);
        out.writeArrayStart();
        out.setItemCount(items);
        for (var item = 0; item < items; item++) {
          write(name, schema.getElementType(), out);
        }
        out.writeArrayEnd();
      }
      case MAP -> writeMap(schema, out);
    }
  }

  private void writeMap(Schema schema, BinaryEncoder out) throws IOException {
    var items = random.nextInt(12) == 0 ? 63 + random.nextInt(4) : random.nextInt(3);
    var twice = random.nextInt(30) == 0;
    out.writeMapStart();
    out.setItemCount(items);
    for (var item = 0; item < items; item++) {
      out.writeString(twice ? "ip" : item == 0 ? "extra" : item == 1 ? "ip" : "p" + item);
      write("", schema.getValueType(), out);
    }
    out.writeMapEnd();
  }

  private long number(String name, Schema schema) {
    if (!name.equals("timestamp")) {
      return random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(99);
    }
    var millis = MILLIS[odd(MILLIS.length)];
    return switch (String.valueOf(schema.getProp("logicalType"))) {
      case "timestamp-micros" -> millis * 1_000 - random.nextInt(2);
      case "timestamp-nanos" -> millis * 1_000_000 - random.nextInt(2);
      default -> random.nextInt(20) == 0 ? Long.MAX_VALUE : millis;
    };
  }

  private byte[] bytes(int length) {
    var bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private void addSometimes(List<String> fields, String name, List<String> types) {
    if (random.nextInt(40) != 0) {
      fields.add(field(name, random.nextInt(6) == 0 ? any(types) : types.get(0)));
    }
  }

  private void addHalf(List<String> fields, String name, List<String> types) {
    if (random.nextBoolean()) {
      fields.add(field(name, random.nextBoolean() ? any(types) : types.get(0)));
    }
  }

  private String field(String name, String type) {
    return "{'name':'" + name + "','type':" + type.replace("?", Integer.toString(names++)) + "}";
  }

  private String any(List<String> types) {
    return types.get(random.nextInt(types.size()));
  }

  private String mostly(List<String> choices) {
    return choices.get(odd(choices.size()));
  }

  /** Mostly 0, else any number below the bound. */
  private int odd(int bound) {
    return random.nextInt(5) == 0 ? random.nextInt(bound) : 0;
  }

  static String shown(byte[] value, Schema schema) {
    return new String(value, StandardCharsets.ISO_8859_1) + " of " + schema;
  }
}
