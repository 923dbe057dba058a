package io.riskstream.ops;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riskstream.model.AuditRow;
import io.riskstream.model.EventRow;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.Micros;
import io.riskstream.reference.Expected;
import io.riskstream.reference.LakeFolders;
import io.riskstream.testkit.ParquetFiles;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
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
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Rows of the lake by folder. */
  final Map<String, List<EventRow>> events = new TreeMap<>();

  final Map<String, List<LedgerRow>> ledger = new TreeMap<>();

  /** Audit rows by folder. */
  public final Map<String, List<AuditRow>> audit = new TreeMap<>();

  /** Seals by dataset and folder. */
  public final Map<String, ObjectNode> seals = new TreeMap<>();

  final List<ObjectNode> alerts = new ArrayList<>();
  final List<ObjectNode> deadLetters = new ArrayList<>();

  /** Alerts' hashes by id, and the index. */
  final Map<String, Map<String, String>> hotAlerts = new TreeMap<>();

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
    // The pipeline raises the first candidate or the last; both occur.
    for (var alert : expected.alerts()) {
      var candidates = alert.candidates();
      if (!candidates.isEmpty()) { // else it may be absent
        alerts.add(json(candidates.get(alerts.size() % candidates.size())));
      }
    }
    expected
        .deadLetters()
        .forEach(letter -> deadLetters.add(json(letter).put("message", "for a person")));
    expected.users().forEach((id, user) -> hashes.put("risk:user:{" + id + "}", hash(user)));
    for (var alert : alerts) {
      var id = alert.get("alert_id").asText();
      hotAlerts.put(id, alertHash(alert));
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

  List<EventRow> eventsOfSomeFolder() {
    return events.values().iterator().next();
  }

  List<LedgerRow> ledgerOfSomeFolder() {
    return ledger.values().iterator().next();
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
      top.forEach((user, score) -> jedis.zadd("risk:top", score, user));
      if (!pipeline.isEmpty()) {
        jedis.hset("risk:pipeline", pipeline);
      }
    }
  }

  /** Commits both topics' messages in one transaction, behind one that is aborted. */
  void writeTopics(String bootstrapServers, String alertsTopic, String deadLettersTopic)
      throws Exception {
    Map<String, Object> settings =
        Map.of(
            ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
            bootstrapServers,
            ProducerConfig.TRANSACTIONAL_ID_CONFIG,
            alertsTopic);
    var bytes = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(settings, bytes, bytes)) {
      producer.initTransactions();
      producer.beginTransaction();
      send(producer, alertsTopic, alerts);
      producer.abortTransaction();
      producer.beginTransaction();
      send(producer, alertsTopic, alerts);
      send(producer, deadLettersTopic, deadLetters);
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

  static <T extends SpecificRecordBase> void write(Path folder, List<T> rows) throws IOException {
    if (!rows.isEmpty()) {
      ParquetFiles.write(folder.resolve("part-0.parquet"), rows);
    }
  }

  private static ObjectNode json(SpecificRecordBase row) {
    var json = JSON.createObjectNode();
    for (var field : row.getSchema().getFields()) {
      var value = row.get(field.pos());
      if (value instanceof Instant time) {
        json.put(field.name(), time.toEpochMilli());
      } else if (value instanceof BigDecimal decimal) {
        json.put(field.name(), decimal);
      } else if (value instanceof ByteBuffer buffer) {
        var bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        json.put(field.name(), Base64.getEncoder().encodeToString(bytes));
      } else if (value instanceof Enum<?> symbol) {
        json.put(field.name(), symbol.name());
      } else {
        json.set(field.name(), JSON.valueToTree(value));
      }
    }
    return json;
  }

  private static Map<String, String> alertHash(ObjectNode alert) {
    var hash = new HashMap<String, String>();
    alert.fields().forEachRemaining(field -> hash.put(field.getKey(), field.getValue().asText()));
    hash.put("version", "0000000000-0000000000-0000000001");
    return hash;
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
