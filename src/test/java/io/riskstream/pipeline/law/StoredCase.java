package io.riskstream.pipeline.law;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riskstream.manifest.SentRecord;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.Coordinates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is kept beside a release's savepoints, as lines of JSON: {@code input.jsonl}, the settings
 * and every record, and for each savepoint {@code rows.jsonl}, what had been written before it. So
 * an input that is drawn differently one day changes nothing here.
 */
final class StoredCase {
  private static final String INPUT = "input.jsonl";
  private static final String ROWS = "rows.jsonl";
  private static final JsonMapper JSON = new JsonMapper();

  private StoredCase() {}

  static void writeInput(Path folder, RandomCase drawn) throws IOException {
    var lines = new ArrayList<String>();
    lines.add(
        JSON.createObjectNode()
            .put("partitions", drawn.partitions)
            .put("delay", drawn.delayMillis)
            .put("lateness", drawn.latenessMillis)
            .put("max-age", drawn.maxAgeMillis)
            .toString());
    drawn.events.forEach(record -> lines.add(line(record.coordinates(), record.value())));
    drawn.profiles.forEach(record -> lines.add(line(record.coordinates(), record.value())));
    drawn.documents.forEach(record -> lines.add(line(record.coordinates(), record.value())));
    write(folder.resolve(INPUT), lines);
  }

  static RandomCase readInput(Path folder, int parallelism) throws IOException {
    var lines = Files.readAllLines(folder.resolve(INPUT));
    var settings = JSON.readTree(lines.get(0));
    var events = new ArrayList<SentRecord>();
    var profiles = new ArrayList<SentRecord>();
    var documents = new ArrayList<ControlRecord>();
    for (var line : lines.subList(1, lines.size())) {
      var record = JSON.readTree(line);
      var value = record.get("value").textValue().getBytes(StandardCharsets.UTF_8);
      var at = coordinates(record);
      switch (at.topic()) {
        case RandomCase.EVENTS -> events.add(new SentRecord(at, "stored", null, value));
        case RandomCase.PROFILES -> profiles.add(new SentRecord(at, "stored", null, value));
        case RandomCase.CONTROL -> documents.add(new ControlRecord(at, value));
        default -> throw new IOException("a record of no topic that is read: " + line);
      }
    }
    return new RandomCase(
        settings.get("partitions").intValue(),
        parallelism,
        settings.get("delay").longValue(),
        settings.get("lateness").longValue(),
        settings.get("max-age").longValue(),
        events,
        profiles,
        documents);
  }

  static void writeRows(Path folder, Map<String, List<String>> texts) throws IOException {
    var lines = new ArrayList<String>();
    texts.forEach(
        (what, rows) ->
            rows.stream()
                .sorted()
                .map(row -> JSON.createObjectNode().put("of", what).put("row", row))
                .map(ObjectNode::toString)
                .forEach(lines::add));
    write(folder.resolve(ROWS), lines);
  }

  static Map<String, List<String>> readRows(Path folder) throws IOException {
    var texts = new TreeMap<String, List<String>>();
    for (var line : Files.readAllLines(folder.resolve(ROWS))) {
      var row = JSON.readTree(line);
      texts
          .computeIfAbsent(row.get("of").textValue(), what -> new ArrayList<>())
          .add(row.get("row").textValue());
    }
    return texts;
  }

  private static String line(Coordinates at, byte[] value) {
    return JSON.createObjectNode()
        .put("topic", at.topic())
        .put("partition", at.partition())
        .put("offset", at.offset())
        .put("time", at.ingestTimeMillis())
        .put("value", new String(value, StandardCharsets.UTF_8))
        .toString();
  }

  private static Coordinates coordinates(JsonNode record) {
    return new Coordinates(
        record.get("topic").textValue(),
        record.get("partition").intValue(),
        record.get("offset").longValue(),
        record.get("time").longValue());
  }

  private static void write(Path file, List<String> lines) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, String.join("\n", lines) + "\n");
  }
}
