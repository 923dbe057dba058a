package io.riskstream.ops;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riskstream.config.KafkaConfig;
import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.AuditRow;
import io.riskstream.model.ControlRow;
import io.riskstream.model.EventRow;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.Micros;
import io.riskstream.model.ProfileRow;
import io.riskstream.model.QualityRow;
import io.riskstream.model.WindowRow;
import io.riskstream.reference.Expected;
import io.riskstream.reference.LakeFolders;
import io.riskstream.reference.rules.ControlAnswer;
import io.riskstream.sink.AvroJson;
import io.riskstream.testkit.ParquetFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import redis.clients.jedis.Jedis;

/** What a faultless pipeline would write; a test damages it before it is written. */
public final class WrittenOutputs {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setNodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  /** Rows of the lake by folder. */
  final Map<String, List<EventRow>> events = new TreeMap<>();

  final Map<String, List<LedgerRow>> ledger = new TreeMap<>();

  /** Audit rows by folder. */
  public final Map<String, List<AuditRow>> audit = new TreeMap<>();

  /** Seals by dataset and folder. */
  public final Map<String, ObjectNode> seals = new TreeMap<>();

  public final Map<String, List<WindowRow>> windows = new TreeMap<>();
  public final Map<String, List<ActivityRow>> activity = new TreeMap<>();
  public final Map<String, List<ProfileRow>> profiles = new TreeMap<>();
  public final Map<String, List<ControlRow>> control = new TreeMap<>();
  public final Map<String, List<QualityRow>> quality = new TreeMap<>();

  /** Steps of alerts by folder. */
  public final Map<String, List<Alert>> steps = new TreeMap<>();

  /** Messages of the alerts' topic. */
  public final List<ObjectNode> alerts = new ArrayList<>();

  /** Messages of the topic control-status. */
  final List<ObjectNode> answers = new ArrayList<>();

  final List<ObjectNode> deadLetters = new ArrayList<>();

  /** Alerts' hashes by id, and the index. */
  final Map<String, Map<String, String>> hotAlerts = new TreeMap<>();

  final Map<String, Map<String, String>> hotWindows = new TreeMap<>();
  final Map<String, Double> alertIndex = new TreeMap<>();
  final Map<String, Double> top = new TreeMap<>();
  final Map<String, String> pipeline = new TreeMap<>();

  /** Hashes by key. */
  final Map<String, Map<String, String>> hashes = new TreeMap<>();

  public WrittenOutputs(Expected expected) {
    for (var event : expected.events()) {
      var row = event.toRow();
      events.computeIfAbsent(LakeFolders.of(row), folder -> new ArrayList<>()).add(row);
    }
    for (var entry : expected.ledger()) {
      var row = entry.toRow();
      ledger.computeIfAbsent(LakeFolders.of(row), folder -> new ArrayList<>()).add(row);
    }
    expected
        .balance()
        .hours()
        .forEach(
            (hour, counts) -> {
              var row = WrittenAccounts.auditRow(hour, counts);
              audit.computeIfAbsent(LakeFolders.of(row), folder -> new ArrayList<>()).add(row);
            });
    WrittenAccounts.run(expected.balance()).forEach(row -> file(audit, LakeFolders.of(row), row));
    expected
        .balance()
        .folders()
        .forEach(
            (folder, parts) -> {
              var seal = WrittenAccounts.seal(folder, parts);
              if (seal.get("rows").asLong() > 0) {
                seals.put(folder.dataset() + "/" + folder.name(), seal);
              }
            });
    for (var confirmed : expected.alerts()) {
      var raised =
          Alert.newBuilder(confirmed)
              .setStatus(AlertStatus.raised)
              .setFinal$(false)
              .setCodeVersion("1")
              .build();
      life(raised, Alert.newBuilder(confirmed).setRevision(1).setCodeVersion("1").build());
    }
    for (var last : expected.windows()) {
      var first = WindowRow.newBuilder(last).setCount(1).setFinal$(false).build();
      file(windows, LakeFolders.of(first), first);
      var row = WindowRow.newBuilder(last).setRevision(1).build();
      file(windows, LakeFolders.of(row), row);
      var key = "risk:window:{" + row.getWindow() + ":" + row.getEventType() + "}";
      if (!hotWindows.containsKey(key)
          || Long.parseLong(hotWindows.get(key).get("window_end"))
              < row.getWindowEnd().toEpochMilli()) {
        hotWindows.put(key, windowHash(row));
      }
    }
    for (var entry : expected.activity()) {
      file(activity, LakeFolders.of(entry.toRow()), entry.toRow());
    }
    for (var entry : expected.profiles()) {
      file(profiles, LakeFolders.of(entry.toRow()), entry.toRow());
    }
    for (var row : expected.control()) {
      file(control, LakeFolders.of(row), ControlRow.newBuilder(row).build());
    }
    expected.answers().forEach(answer -> answers.add(json(answer)));
    expected
        .deadLetters()
        .forEach(letter -> deadLetters.add(json(letter).put("message", "for a person")));
    expected.users().forEach((id, user) -> hashes.put("risk:user:{" + id + "}", hash(user)));
    for (var alert : alerts) {
      var id = alert.get("alert_id").asText();
      hotAlerts.put(id, alertHash(alert)); // the last revision stays
      alertIndex.put(id, alert.get("event_time").asDouble());
    }
    expected.users().values().stream()
        .filter(user -> user.level().equals("high"))
        .forEach(user -> top.put(user.userId(), user.scoreMicros() / 1e6));
    pipeline.putAll(
        Map.of(
            "degraded", "0",
            "heartbeat", "1767268800000",
            "watermark", Long.toString(Long.MAX_VALUE),
            "rules_version", "default-1",
            "epoch", "0",
            "attempt", "0",
            "code_version", "1",
            "store", "s",
            "alerts_since", "0"));
  }

  /** Writes the steps of an alert, in the topic too where it is delivered. */
  public void life(Alert... life) {
    for (var step : life) {
      file(steps, LakeFolders.of(step), step);
      if (step.getMode().equals("deliver")) {
        alerts.add(json(step));
      }
    }
  }

  private static <T> void file(Map<String, List<T>> dataset, String folder, T row) {
    dataset.computeIfAbsent(folder, name -> new ArrayList<>()).add(row);
  }

  List<EventRow> eventsOfSomeFolder() {
    return events.values().iterator().next();
  }

  List<LedgerRow> ledgerOfSomeFolder() {
    return ledger.values().iterator().next();
  }

  /** Adds what was measured of the records. */
  public WrittenOutputs measured(List<QualityRow> rows) {
    rows.forEach(row -> file(quality, LakeFolders.of(row), row));
    return this;
  }

  public void writeLake(Path lake) throws IOException {
    for (var folder : events.entrySet()) {
      write(lake.resolve("events").resolve(folder.getKey()), folder.getValue());
    }
    for (var folder : ledger.entrySet()) {
      write(lake.resolve("ledger").resolve(folder.getKey()), folder.getValue());
    }
    for (var folder : audit.entrySet()) {
      write(lake.resolve("audit").resolve(folder.getKey()), folder.getValue());
    }
    write(lake.resolve("aggregated/real-time"), windows);
    write(lake.resolve("activity"), activity);
    write(lake.resolve("profiles"), profiles);
    write(lake.resolve("control"), control);
    write(lake.resolve("alerts"), steps);
    write(lake.resolve("quality"), quality);
    for (var seal : seals.entrySet()) {
      var folder = Files.createDirectories(lake.resolve(seal.getKey()));
      Files.writeString(folder.resolve("_SEALED"), seal.getValue().toString());
    }
  }

  void writeHotStore(URI redis) {
    try (var jedis = new Jedis(redis)) {
      jedis.flushAll();
      hashes.forEach(jedis::hset);
      hotAlerts.forEach((id, hash) -> jedis.hset("risk:alert:{" + id + "}", hash));
      alertIndex.forEach((id, score) -> jedis.zadd("risk:alerts", score, id));
      hotWindows.forEach(jedis::hset);
      top.forEach((user, score) -> jedis.zadd("risk:top", score, user));
      if (!pipeline.isEmpty()) {
        jedis.hset("risk:pipeline", pipeline);
      }
    }
  }

  /** Commits the topics' messages in one transaction, behind one that is aborted. */
  void writeTopics(KafkaConfig kafka) throws Exception {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            kafka.bootstrapServers(),
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            kafka.alertsTopic());
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, kafka.alertsTopic(), alerts);
      producer.abortTransaction();
      producer.beginTransaction();
      send(producer, kafka.alertsTopic(), alerts);
      send(producer, kafka.deadLettersTopic(), deadLetters);
      send(producer, kafka.controlStatusTopic(), answers);
      producer.commitTransaction();
    }
  }

  private static void send(
      KafkaProducer<byte[], byte[]> producer, String topic, List<ObjectNode> messages)
      throws Exception {
    for (var message : messages) {
      var value = message.toString().getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(topic, value)).get();
    }
  }

  private static <T extends SpecificRecordBase> void write(
      Path dataset, Map<String, List<T>> folders) throws IOException {
    for (var folder : folders.entrySet()) {
      write(dataset.resolve(folder.getKey()), folder.getValue());
    }
  }

  static <T extends SpecificRecordBase> void write(Path folder, List<T> rows) throws IOException {
    if (!rows.isEmpty()) {
      ParquetFiles.write(folder.resolve("part-0.parquet"), rows);
    }
  }

  private static ObjectNode json(SpecificRecordBase row) {
    try {
      return (ObjectNode) JSON.readTree(AvroJson.encode(row));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  private static ObjectNode json(ControlAnswer answer) {
    return JSON.createObjectNode()
        .put("kind", answer.kind())
        .put("id", answer.id())
        .put("version", answer.version())
        .put("answer", answer.answer())
        .put("reason", "for a person")
        .put("effective_from", answer.effectiveFromMillis())
        .put("cut", answer.cutMillis())
        .put("moved", answer.moved())
        .put("topic", answer.coordinates().topic())
        .put("partition", answer.coordinates().partition())
        .put("offset", answer.coordinates().offset());
  }

  private static Map<String, String> windowHash(WindowRow row) {
    var hash = texts(json(row));
    hash.put(
        "version",
        "0000000000-%019d-%010d-0000000000"
            .formatted(row.getWindowEnd().toEpochMilli(), row.getRevision()));
    return hash;
  }

  private static Map<String, String> alertHash(ObjectNode alert) {
    var hash = texts(alert);
    hash.put("version", "0000000000-0000000000-0000000001");
    return hash;
  }

  private static Map<String, String> texts(ObjectNode message) {
    var texts = new HashMap<String, String>();
    message
        .fields()
        .forEachRemaining(
            field -> {
              var value = field.getValue();
              if (!value.isNull()) {
                texts.put(
                    field.getKey(), value.isContainerNode() ? value.toString() : value.asText());
              }
            });
    return texts;
  }

  private static Map<String, String> hash(Expected.User user) {
    var hash = new LinkedHashMap<String, String>();
    hash.put("score", Micros.toDecimal(user.scoreMicros()).toPlainString());
    hash.put("level", user.level());
    hash.put("total_events", Long.toString(user.totalEvents()));
    hash.put("first_seen", Long.toString(user.firstSeenMillis()));
    hash.put("last_activity", Long.toString(user.lastActivityMillis()));
    hash.put("rules_version", user.rulesVersion());
    hash.put("as_of", Long.toString(user.newestRecordMillis()));
    hash.put("watermark", "-");
    hash.put("final", "1");
    hash.put("was_high", "1");
    hash.put(
        "version",
        "0000000000-%019d-0000000000000000000-0000000000".formatted(user.validRecords()));
    return new HashMap<>(hash);
  }
}
