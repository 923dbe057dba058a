package io.riskstream.manifest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.model.Coordinates;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.AvroRuntimeException;
import org.apache.avro.Schema;

/**
 * A manifest as it was read: every record that its topics must hold, each list in the order of the
 * acknowledgements.
 *
 * @param records those of the events' topic
 * @param profiles those of the profiles' topic
 * @param documents those of the control topic; it may hold others, of the job and of people
 * @param complete whether the writer finished; if not, more may have been sent
 * @param failed sends that were not acknowledged, so that it is unknown whether Kafka holds them
 */
public record Manifest(
    SentTopics topics,
    List<SentRecord> records,
    List<SentRecord> profiles,
    List<SentRecord> documents,
    boolean complete,
    long failed) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  public Manifest {
    records = Collections.unmodifiableList(records);
    profiles = Collections.unmodifiableList(profiles);
    documents = Collections.unmodifiableList(documents);
  }

  /** A manifest of events alone. */
  public Manifest(String topic, List<SentRecord> records, boolean complete, long failed) {
    this(SentTopics.eventsOnly(topic), records, List.of(), List.of(), complete, failed);
  }

  /** Returns the topic of the events. */
  public String topic() {
    return topics.events();
  }

  /**
   * Reads the file. A last line that is cut off makes the manifest incomplete.
   *
   * @throws ManifestException if the file is no manifest or is damaged
   */
  public static Manifest read(Path file) throws IOException {
    try (var lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      return new Reader(file, lines).read();
    }
  }

  /** Reads one file, line by line, and knows where it is. */
  private static final class Reader {
    private final Path file;
    private final BufferedReader lines;
    private final List<SentRecord> records = new ArrayList<>();
    private final List<SentRecord> profiles = new ArrayList<>();
    private final List<SentRecord> documents = new ArrayList<>();
    private final Map<Integer, Schema> schemas = new HashMap<>();
    private long lineNumber;

    Reader(Path file, BufferedReader lines) {
      this.file = file;
      this.lines = lines;
    }

    Manifest read() throws IOException {
      var topics = header(parse(nextLine()));
      for (var line = nextLine(); line != null; ) {
        var member = parse(line);
        var lineAfter = readLine();
        if (member == null) {
          if (lineAfter == null) {
            return manifest(topics, false, 0);
          }
          throw problem("is no JSON object");
        }
        if (member.has(ManifestFormat.END)) {
          return finished(topics, member, lineAfter);
        }
        if (member.has(ManifestFormat.SCHEMA)) {
          addSchema(member.get(ManifestFormat.SCHEMA));
        } else {
          addRecord(topics, member);
        }
        line = lineAfter;
        lineNumber++;
      }
      return manifest(topics, false, 0);
    }

    private SentTopics header(JsonNode header) throws ManifestException {
      var version = header == null ? null : header.get(ManifestFormat.MANIFEST);
      if (version == null || !version.isInt()) {
        throw problem(
            "is no manifest: its first line is not {\"manifest\":%d,…}"
                .formatted(ManifestFormat.VERSION));
      }
      if (version.intValue() != ManifestFormat.VERSION) {
        throw problem(
            ("is a manifest of format %d, and this version of riskstream reads format %d;"
                    + " use the version that sent it, or send anew")
                .formatted(version.intValue(), ManifestFormat.VERSION));
      }
      try {
        return new SentTopics(
            text(header, ManifestFormat.TOPIC),
            textOrNull(header, ManifestFormat.PROFILES_TOPIC),
            textOrNull(header, ManifestFormat.CONTROL_TOPIC));
      } catch (IllegalArgumentException sameTopic) {
        throw problem(sameTopic.getMessage());
      }
    }

    private Manifest manifest(SentTopics topics, boolean complete, long failed) {
      return new Manifest(topics, records, profiles, documents, complete, failed);
    }

    private Manifest finished(SentTopics topics, JsonNode footer, String lineAfter)
        throws ManifestException {
      var acknowledged = number(footer, ManifestFormat.ACKNOWLEDGED);
      var inFile = records.size() + profiles.size() + documents.size();
      if (acknowledged != inFile) {
        throw problem("says " + acknowledged + " acknowledged, but the file has " + inFile);
      }
      if (lineAfter != null) {
        lineNumber++;
        throw problem("comes after the end");
      }
      return manifest(topics, true, number(footer, ManifestFormat.FAILED));
    }

    private void addRecord(SentTopics topics, JsonNode line) throws IOException {
      var topic =
          line.has(ManifestFormat.TOPIC) ? text(line, ManifestFormat.TOPIC) : topics.events();
      if (!topics.contain(topic)) {
        throw problem("is of topic " + topic + ", which the first line does not name");
      }
      var list =
          topic.equals(topics.events())
              ? records
              : topic.equals(topics.profilesOrNull()) ? profiles : documents;
      list.add(record(topic, line));
    }

    private SentRecord record(String topic, JsonNode line) throws IOException {
      var coordinates =
          new Coordinates(
              topic,
              (int) number(line, ManifestFormat.PARTITION),
              number(line, ManifestFormat.OFFSET),
              number(line, ManifestFormat.INGEST_TIME));
      var value = bytes(line, ManifestFormat.VALUE);
      return new SentRecord(
          coordinates,
          text(line, ManifestFormat.KIND),
          bytes(line, ManifestFormat.KEY),
          value,
          schemas.get(schemaId(value)));
    }

    private void addSchema(JsonNode schema) throws ManifestException {
      var id = number(schema, ManifestFormat.SCHEMA_ID);
      var avro = text(schema, ManifestFormat.SCHEMA_AVRO);
      try {
        schemas.put((int) id, new Schema.Parser().setValidateDefaults(false).parse(avro));
      } catch (AvroRuntimeException invalid) {
        throw problem("its schema is none of Avro: " + invalid.getMessage());
      }
    }

    /**
     * Returns the id that a value in Confluent's wire format begins with, or null for any other.
     */
    private static Integer schemaId(byte[] value) {
      return value != null && value.length > Integer.BYTES && value[0] == 0
          ? ByteBuffer.wrap(value).getInt(1)
          : null;
    }

    private byte[] bytes(JsonNode line, String name) throws IOException {
      if (line.has(name)) {
        return text(line, name).getBytes(StandardCharsets.UTF_8);
      }
      var base64 = line.get(name + ManifestFormat.BASE64_SUFFIX);
      try {
        return base64 == null ? null : base64.binaryValue();
      } catch (JsonProcessingException invalid) {
        throw problem("its " + name + ManifestFormat.BASE64_SUFFIX + " is no base64");
      }
    }

    private String text(JsonNode line, String name) throws ManifestException {
      var member = line.get(name);
      if (member == null || !member.isTextual()) {
        throw problem("has no text \"" + name + "\"");
      }
      return member.textValue();
    }

    private String textOrNull(JsonNode line, String name) throws ManifestException {
      return line.has(name) ? text(line, name) : null;
    }

    private long number(JsonNode line, String name) throws ManifestException {
      var member = line.get(name);
      if (member == null || !member.isIntegralNumber() || !member.canConvertToLong()) {
        throw problem("has no whole number \"" + name + "\"");
      }
      return member.longValue();
    }

    private String nextLine() throws IOException {
      lineNumber++;
      return readLine();
    }

    private String readLine() throws IOException {
      try {
        return lines.readLine();
      } catch (MalformedInputException notUtf8) {
        throw problem("or the one after it is no UTF-8");
      }
    }

    /** Returns null where the line is not one JSON object. */
    private static JsonNode parse(String line) {
      if (line == null) {
        return null;
      }
      try {
        var tree = JSON.readTree(line);
        return tree.isObject() ? tree : null;
      } catch (JsonProcessingException notJson) {
        return null;
      }
    }

    private ManifestException problem(String problem) {
      return new ManifestException(file, lineNumber, problem);
    }
  }
}
