package io.riskstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.manifest.Manifest;
import io.riskstream.manifest.SentRecord;
import io.riskstream.manifest.SentTopics;
import io.riskstream.model.Coordinates;
import io.riskstream.model.LedgerRow;
import io.riskstream.testkit.Configs;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** Verification passes what is exact, and finds and names each single thing that is not. */
final class VerificationITCase extends VerificationStory {
  @Test
  void passesWhatIsExact() throws Exception {
    assertThat(verdict())
        .isEqualTo(
            "PASS "
                + SENT
                + "missing=0 double=0 different=0 redis_users=2 redis_top=1"
                + " redis_alerts=2 redis_stale=0 alerts=2 confirmed=2 withdrawn=0"
                + " windows=28 distinct_exact=true activity=4 profiles=2 quality_rows=3"
                + " rules_cut=exact balanced=true hours=2 sealed=3 unsealed=0 gaps=0");
  }

  @Test
  void findsARowMissingInTheLake() throws Exception {
    var removed = outputs.eventsOfSomeFolder().remove(0);
    assertThat(verdict()).contains("FAIL", "missing=1 double=0 different=0", "redis_stale=0");
    assertThat(printed()).contains("missing: events-1@" + removed.getOffset());
  }

  @Test
  void findsARowDoubleInTheLake() throws Exception {
    var rows = outputs.eventsOfSomeFolder();
    rows.add(rows.get(0));
    assertThat(verdict()).contains("FAIL", "missing=0 double=1 different=0");
    assertThat(printed())
        .contains("double: events-1@" + rows.get(0).getOffset(), "part-0.parquet row");
  }

  @Test
  void findsARowThatNobodySent() throws Exception {
    outputs.eventsOfSomeFolder().get(0).setOffset(99);
    assertThat(verdict()).contains("FAIL", "missing=1 double=0 different=1");
    assertThat(printed()).contains("unexpected: events-1@99");
  }

  @Test
  void findsAnEventThatSaysSomethingElse() throws Exception {
    outputs.eventsOfSomeFolder().get(0).setProperties(Map.of("page", "/other"));
    assertThat(verdict()).contains("FAIL", "missing=0 double=0 different=1");
    assertThat(printed()).contains("properties: expected {page=/}, found {page=/other}");
  }

  @Test
  void findsARowInTheWrongFolder() throws Exception {
    var folder = outputs.ledger.keySet().iterator().next();
    outputs.ledger.put(folder.replace("hour=12", "hour=13"), outputs.ledger.remove(folder));
    assertThat(verdict()).contains("FAIL", "missing=0 double=0 different=9");
    assertThat(printed()).contains("folder: expected " + folder + ", found");
  }

  @Test
  void findsAChangedDeltaInTheLedgerTwice() throws Exception {
    LedgerRow row = outputs.ledgerOfSomeFolder().get(3);
    row.setDelta(row.getDelta().add(new BigDecimal("0.000001")));
    assertThat(verdict()).contains("FAIL", "different=2");
    assertThat(printed())
        .contains(
            "delta: expected 0.100000, found 0.100001",
            "user alice: deltas sum to 0.900001, but the score after the last row is 0.900000");
  }

  @Test
  void findsAGapInAUsersLedger() throws Exception {
    outputs.ledgerOfSomeFolder().remove(2);
    assertThat(verdict()).contains("FAIL", "missing=1");
    assertThat(printed())
        .contains("missing: user alice event f2", "user alice: 8 rows, but sequence runs to 9");
  }

  @Test
  void findsAStepOfAnAlertMissingInItsTopicAndAnotherChanged() throws Exception {
    var removed = outputs.alerts.remove(1);
    outputs.alerts.get(0).put("event_id", "f8");
    assertThat(verdict()).contains("FAIL", "missing=1 double=0 different=1", "alerts=2");
    assertThat(printed())
        .contains("missing: alert " + removed.get("alert_id").asText(), "found \"f8\"");
  }

  @Test
  void findsAnswersToDocumentsMissingAndChanged() throws Exception {
    outputs.answers.get(0).put("cut", 17);
    outputs.answers.get(1).put("answer", "accepted");
    outputs.answers.remove(2);
    outputs.answers.add(outputs.answers.get(2));
    assertThat(verdict()).contains("FAIL", "missing=1 double=1 different=2", "rules_cut=wrong");
    assertThat(printed())
        .contains("control-0@0 in ", "found 17", "expected repeated", "missing: control-0@2");
  }

  @Test
  void concludesNothingWhereProfilesOrDocumentsAreNotThoseOfTheManifest() throws Exception {
    var config = written();
    var topics = new SentTopics("events", "user-profiles", "control");
    var noProfiles = new Manifest(topics, STORY.records(), List.of(), List.of(), true, 0);
    assertThat(verdict(config, noProfiles)).startsWith("INCONCLUSIVE");
    var document = new SentRecord(new Coordinates("control", 0, 2, 0), "", null, new byte[] {1});
    var otherDocument =
        new Manifest(topics, STORY.records(), STORY.profiles(), List.of(document), true, 0);
    assertThat(verdict(config, otherDocument)).startsWith("INCONCLUSIVE");
    assertThat(printed())
        .contains(
            "of topic user-profiles holds 2 records",
            "topic control does not hold the manifest's document of offset 2");
  }

  @Test
  void findsADeadLetterDouble() throws Exception {
    outputs.deadLetters.add(outputs.deadLetters.get(0));
    assertThat(verdict()).contains("FAIL", "missing=0 double=1 different=0");
    assertThat(printed()).contains("double: events-0@");
  }

  @Test
  void findsADeadLetterWithAnotherErrorAndAFieldTooMuch() throws Exception {
    outputs.deadLetters.get(0).put("error", "not-an-object").put("extra", 1);
    assertThat(verdict()).contains("FAIL", "missing=0 double=0 different=1");
    assertThat(printed())
        .contains(
            "error: expected conflicting-duplicate, found \"not-an-object\"",
            "extra: expected no such field");
  }

  @Test
  void readsNoHiddenFilesAndNamesVisibleOnesThatCannotBeRead() throws Exception {
    var config = written();
    var folder = lake.resolve("events").resolve(outputs.events.keySet().iterator().next());
    Files.writeString(folder.resolve(".part-1.parquet.inprogress.17"), "half");
    Files.writeString(folder.resolve("_SUCCESS"), "");
    assertThat(verdict(config, MANIFEST)).startsWith("PASS");
    Files.writeString(folder.resolve("part-2.parquet"), "half");
    Files.writeString(folder.resolve("part-3"), "half");
    assertThat(verdict(config, MANIFEST)).contains("FAIL", "missing=0 double=0 different=2");
    assertThat(printed()).contains("part-2.parquet cannot be read", "part-3 is visible, but");
  }

  @Test
  void concludesNothingFromAManifestThatDoesNotKnowAll() throws Exception {
    var config = written();
    var records = MANIFEST.records();
    assertThat(verdict(config, manifest(records, false, 0))).isEqualTo("INCONCLUSIVE sent=15");
    assertThat(verdict(config, manifest(records, true, 3))).startsWith("INCONCLUSIVE");
    assertThat(verdict(config, new Manifest("other", records, true, 0))).startsWith("INCONCLUSIVE");
    assertThat(printed())
        .contains("the manifest has no end", "3 sends were not acknowledged", "of topic other");

    var topic = testName + "-events";
    kafka.createTopic(topic, 1);
    var bytes = new ByteArraySerializer();
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", kafka.bootstrapServers()), bytes, bytes)) {
      producer.send(new ProducerRecord<>(topic, new byte[] {1})).get();
    }
    assertThat(verdict(withEventsTopic(config, topic), new Manifest(topic, List.of(), true, 0)))
        .isEqualTo("INCONCLUSIVE sent=0");
    assertThat(printed()).contains("holds 1 records that the manifest does not know");
  }

  @Test
  void concludesNothingWhereAServerCannotBeReached() throws Exception {
    var config = written();
    var noRedis = Configs.of(kafka.bootstrapServers(), "redis://127.0.0.1:1", lake);
    var withoutRedis = with(config, config.kafka(), noRedis.hotStore());
    assertThat(verdict(withoutRedis, MANIFEST)).startsWith("INCONCLUSIVE sent=15 accepted=11");
    assertThat(printed()).contains("cannot be judged: Redis at 127.0.0.1:1");
    assertThat(verdict(withEventsTopic(config, "events-gone"), emptyManifest("events-gone")))
        .startsWith("INCONCLUSIVE");
    assertThat(printed()).contains("has no topic events-gone");
  }
}
