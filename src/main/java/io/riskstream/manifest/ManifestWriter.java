package io.riskstream.manifest;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes a manifest while its records are being acknowledged. Safe for use by several threads; a
 * file without {@link #finish} reads as incomplete.
 */
public final class ManifestWriter implements Closeable {
  private final SentTopics topics;
  private final JsonGenerator json;
  private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
  private long acknowledged;

  private ManifestWriter(SentTopics topics, JsonGenerator json) {
    this.topics = topics;
    this.json = json;
  }

  /** Starts a manifest of events alone, replacing the file. */
  public static ManifestWriter create(Path file, String topic, Map<String, String> settings)
      throws IOException {
    return create(file, SentTopics.eventsOnly(topic), settings);
  }

  /**
   * Starts a manifest, replacing the file.
   *
   * @param settings how the records were made; for people
   */
  public static ManifestWriter create(Path file, SentTopics topics, Map<String, String> settings)
      throws IOException {
    var out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    var json = new JsonFactory().createGenerator(out).setRootValueSeparator(null);
    var writer = new ManifestWriter(topics, json);
    writer.writeHeader(settings);
    return writer;
  }

  /** Returns how many records were written. */
  public synchronized long acknowledged() {
    return acknowledged;
  }

  /**
   * Adds a schema of the registry, before the first record that names it.
   *
   * @param avro the schema as JSON, whole in itself
   */
  public synchronized void schema(int id, String avro) throws IOException {
    json.writeStartObject();
    json.writeObjectFieldStart(ManifestFormat.SCHEMA);
    json.writeNumberField(ManifestFormat.SCHEMA_ID, id);
    json.writeStringField(ManifestFormat.SCHEMA_AVRO, avro);
    json.writeEndObject();
    endLine();
  }

  /** Adds a record that the broker has acknowledged. */
  public synchronized void record(SentRecord sent) throws IOException {
    var topic = sent.coordinates().topic();
    if (!topics.contain(topic)) {
      throw new IllegalArgumentException(
          "record of topic " + topic + " in the manifest of " + topics);
    }
    json.writeStartObject();
    if (!topic.equals(topics.events())) {
      json.writeStringField(ManifestFormat.TOPIC, topic);
    }
    json.writeNumberField(ManifestFormat.PARTITION, sent.coordinates().partition());
    json.writeNumberField(ManifestFormat.OFFSET, sent.coordinates().offset());
    json.writeNumberField(ManifestFormat.INGEST_TIME, sent.coordinates().ingestTimeMillis());
    json.writeStringField(ManifestFormat.KIND, sent.kind());
    writeBytes(ManifestFormat.KEY, sent.key());
    writeBytes(ManifestFormat.VALUE, sent.value());
    endLine();
    acknowledged++;
  }

  /** Writes the footer, which says that the manifest is whole, and flushes. */
  public synchronized void finish(long sent, long failed) throws IOException {
    json.writeStartObject();
    json.writeBooleanField(ManifestFormat.END, true);
    json.writeNumberField(ManifestFormat.SENT, sent);
    json.writeNumberField(ManifestFormat.ACKNOWLEDGED, acknowledged);
    json.writeNumberField(ManifestFormat.FAILED, failed);
    endLine();
    json.flush();
  }

  @Override
  public synchronized void close() throws IOException {
    json.close();
  }

  private void writeHeader(Map<String, String> settings) throws IOException {
    json.writeStartObject();
    json.writeNumberField(ManifestFormat.MANIFEST, ManifestFormat.VERSION);
    json.writeStringField(ManifestFormat.TOPIC, topics.events());
    if (topics.profilesOrNull() != null) {
      json.writeStringField(ManifestFormat.PROFILES_TOPIC, topics.profilesOrNull());
    }
    if (topics.controlOrNull() != null) {
      json.writeStringField(ManifestFormat.CONTROL_TOPIC, topics.controlOrNull());
    }
    json.writeObjectFieldStart(ManifestFormat.SETTINGS);
    for (var setting : settings.entrySet()) {
      json.writeStringField(setting.getKey(), setting.getValue());
    }
    json.writeEndObject();
    endLine();
    json.flush();
  }

  private void writeBytes(String name, byte[] bytes) throws IOException {
    if (bytes == null) {
      return;
    }
    try {
      json.writeStringField(name, utf8.decode(ByteBuffer.wrap(bytes)).toString());
    } catch (CharacterCodingException invalidUtf8) {
      json.writeBinaryField(name + ManifestFormat.BASE64_SUFFIX, bytes);
    }
  }

  private void endLine() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
  }
}
