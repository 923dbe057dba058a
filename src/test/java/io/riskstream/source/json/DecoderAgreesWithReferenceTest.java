package io.riskstream.source.json;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.model.EventRow;
import io.riskstream.model.Micros;
import io.riskstream.model.UserEvent;
import io.riskstream.reference.ReferenceModel;
import io.riskstream.reference.ReferenceSettings;
import io.riskstream.source.avro.AvroEventDecoder;
import io.riskstream.source.event.Rejection;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Two decoders, written apart from the same page, must say the same of any bytes. */
final class DecoderAgreesWithReferenceTest {
  private static final long INGESTED = 1_767_225_600_000L;
  private static final long SKEW = 300_000;
  private static final Coordinates AT = new Coordinates("events", 0, 7, INGESTED);

  private static final List<String> TEXTS =
      List.of(
          "\"a\"",
          "\"u-1\"",
          "\"\"",
          "null",
          "17",
          "{}",
          "[1]",
          "true",
          "\"\\ud800\"",
          "\"é€😀\"",
          "\"" + "x".repeat(256) + "\"",
          "\"" + "x".repeat(257) + "\"",
          "\"" + "é".repeat(129) + "\"",
          "\"a\\u0000b\\\\\\\"\\u00e9\"");
  private static final List<String> TIMESTAMPS =
      List.of(
          "1767225600000",
          "\"2026-01-01T00:00:00Z\"",
          "\"2026-01-01T01:00:00.123456+01:00\"",
          "\"2026-01-01T00:00:00\"",
          "\"yesterday\"",
          "1.5e12",
          "1767225600000.0",
          "0",
          "-1",
          "946684799999",
          "946684800000",
          "1767225900000",
          "1767225900001",
          "9223372036854775808",
          "null",
          "true",
          "[]",
          "\"+999999999-12-31T23:59:59Z\"",
          "\"2026-01-01T00:00Z\"");
  private static final List<String> VALUES =
      List.of(
          "1",
          "-1.5",
          "0.0000005",
          "0.0000015",
          "0.00000050001",
          "-0",
          "999999999999.9999994",
          "999999999999.9999995",
          "1e12",
          "-1e12",
          "1e999999999",
          "1e-999999999",
          "0e999999999999",
          "1e99999999999",
          "1E-99999999999",
          "12345678901234567890",
          "null",
          "\"1\"",
          "true",
          "{}",
          "123456789012.123456",
          "1234567890123",
          "0." + "0".repeat(30) + "1",
          "1".repeat(1000),
          "1".repeat(1001),
          "01",
          "1.",
          ".5",
          "+1",
          "NaN");
  private static final List<String> PROPERTIES =
      List.of(
          "{}",
          "null",
          "[]",
          "\"x\"",
          "{\"ip\":\"1\",\"n\":1.50,\"b\":true,\"z\":null}",
          "{\"a\":{\"x\":[1, 2.0e3 ,{\"y\":null}]},\"b\":[]}",
          "{\"a\":1,\"a\":2}",
          "{\"a\":\"\\udc00\"}",
          "{\"extra\":null}",
          "{\"\\ud800\":1}",
          "{\"\\udc00\":{}}",
          "{\"\\ud83d\\ude00\":1}",
          "[{\"\\udc00\":1}]",
          "{\"extra\":\"mine\"}",
          many(64),
          many(65));
  private static final List<String> UNKNOWN =
      List.of(
          "1",
          "\"x\"",
          "null",
          "{\"k\":1,\"k\":2}",
          "{\"k\":[1.0]}",
          "[{\"\\udfff\":[]}]",
          "\"\\ud83d\"");

  @Property(tries = 3_000)
  void saysTheSameOfDocumentsMadeOfOddParts(@ForAll Random random) {
    assertSame(document(random).getBytes(StandardCharsets.UTF_8));
  }

  @Property(tries = 2_000)
  void saysTheSameOfDamagedBytes(@ForAll Random random) {
    var bytes = document(random).getBytes(StandardCharsets.UTF_8);
    for (var change = random.nextInt(3); change >= 0; change--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    assertSame(random.nextInt(4) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes);
  }

  @Property(tries = 200)
  void saysTheSameOfOtherEncodings(@ForAll Random random, @ForAll("encodings") String encoding) {
    assertSame(document(random).getBytes(Charset.forName(encoding)));
  }

  @Provide
  Arbitrary<String> encodings() {
    return Arbitraries.of(
        "UTF-16", "UTF-16BE", "UTF-16LE", "UTF-32", "UTF-32BE", "UTF-32LE", "ISO-8859-1");
  }

  private static String document(Random random) {
    var fields = new ArrayList<String>();
    addSometimes(fields, "event_id", pick(TEXTS, random), random);
    addSometimes(fields, "user_id", pick(TEXTS, random), random);
    addSometimes(fields, "event_type", pick(TEXTS, random), random);
    addSometimes(fields, "timestamp", pick(TIMESTAMPS, random), random);
    if (random.nextBoolean()) {
      addSometimes(fields, "session_id", pick(TEXTS, random), random);
    }
    if (random.nextBoolean()) {
      addSometimes(fields, "value", VALUES.get(random.nextInt(VALUES.size())), random);
    }
    if (random.nextBoolean()) {
      addSometimes(fields, "properties", PROPERTIES.get(random.nextInt(PROPERTIES.size())), random);
    }
    if (random.nextInt(3) == 0) {
      addSometimes(fields, "extra", UNKNOWN.get(random.nextInt(UNKNOWN.size())), random);
    }
    Collections.shuffle(fields, random);
    return "{" + String.join(random.nextBoolean() ? "," : " ,\n", fields) + "}";
  }

  /** Mostly the first, good choice, so that what comes later in the table is reached too. */
  private static String pick(List<String> choices, Random random) {
    return random.nextInt(6) == 0 ? choices.get(random.nextInt(choices.size())) : choices.get(0);
  }

  private static void addSometimes(List<String> fields, String name, String value, Random random) {
    if (random.nextInt(40) != 0) {
      fields.add("\"" + name + "\":" + value);
    }
    if (random.nextInt(100) == 0) {
      fields.add("\"" + name + "\":" + value);
    }
  }

  private static String many(int count) {
    var properties = new ArrayList<String>();
    for (var index = 0; index < count; index++) {
      properties.add("\"p" + index + "\":\"v\"");
    }
    return "{" + String.join(",", properties) + "}";
  }

  private static void assertSame(byte[] value) {
    var expected =
        ReferenceModel.of(
            List.of(new SentRecord(AT, "", null, value)), new ReferenceSettings(0, 0, SKEW));
    String outcome;
    try {
      // A document in UTF-16 or UTF-32 may begin as Avro does.
      outcome =
          describe(
              AvroEventDecoder.recognizes(value)
                  ? AvroEventDecoder.withoutRegistry(SKEW).decode(value, AT).event()
                  : new JsonEventDecoder(SKEW).decode(value, AT).event());
    } catch (Rejection rejection) {
      outcome = rejection.reason().code();
    } catch (InterruptedException nobodyDoes) {
      throw new AssertionError(nobodyDoes);
    }
    var wanted =
        expected.events().isEmpty()
            ? expected.deadLetters().get(0).getError()
            : describe(expected.events().get(0).toRow());
    assertThat(outcome).as(new String(value, StandardCharsets.UTF_8)).isEqualTo(wanted);
  }

  private static String describe(UserEvent event) {
    return List.of(
            event.eventId(),
            event.userId(),
            event.eventType(),
            Instant.ofEpochMilli(event.timestampMillis()),
            String.valueOf(event.sessionId()),
            event.valueMicros() == null ? "none" : Micros.toDecimal(event.valueMicros()),
            new TreeMap<>(event.properties()))
        .toString();
  }

  private static String describe(EventRow row) {
    return List.of(
            row.getEventId(),
            row.getUserId(),
            row.getEventType(),
            row.getTimestamp(),
            String.valueOf(row.getSessionId()),
            row.getValue() == null ? "none" : row.getValue(),
            new TreeMap<>(row.getProperties()))
        .toString();
  }
}
