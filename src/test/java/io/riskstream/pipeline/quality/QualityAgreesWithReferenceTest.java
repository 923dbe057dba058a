package io.riskstream.pipeline.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.QualityConfig;
import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.DeadLetter;
import io.riskstream.model.QualityRow;
import io.riskstream.reference.QualitySheet;
import io.riskstream.reference.ReferenceSettings;
import io.riskstream.source.Intake;
import io.riskstream.source.PartitionGate;
import io.riskstream.source.event.Rejection;
import io.riskstream.source.json.JsonEventDecoder;
import io.riskstream.testkit.Events;
import io.riskstream.testkit.SentStory;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.KeyedProcessOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/**
 * Whatever a partition gives, in whatever parts, over whatever failures: rows and alerts are those
 * of the reference.
 */
class QualityAgreesWithReferenceTest {
  private static final List<String> TYPES = List.of("login", "purchase", "search");
  private static final QualityConfig CONFIG = new QualityConfig(3, 10, 20, 60, 40, 70);
  private static final QualitySheet.Settings REFERENCE =
      new QualitySheet.Settings(Set.copyOf(TYPES), 3, 10, 20, 60, 40, 70);
  private static final ReferenceSettings TIME = new ReferenceSettings(60_000, 120_000, 300_000);

  @Property(tries = 60)
  void rowsAndAlertsAreThoseOfTheReference(@ForAll long seed) throws Exception {
    var random = new Random(seed);
    var sent = story(random);
    var expected = QualitySheet.of(sent, TIME, REFERENCE);
    var found = run(sent, random);
    assertThat(found.rows).containsExactlyInAnyOrderElementsOf(expected.rows());
    assertThat(confirmed(found.alerts)).containsExactlyInAnyOrderElementsOf(expected.alerts());
    assertThat(found.alerts)
        .as("each id is raised and confirmed")
        .hasSize(2 * expected.alerts().size());
  }

  /** The stories above are worth something only if they come to judgements. */
  @Property(tries = 1)
  void storiesComeToAnomaliesAndAlertsOfEachRule() {
    var rules = new TreeSet<String>();
    var anomalies = new TreeSet<String>();
    for (var seed = 0; seed < 40; seed++) {
      var sheet = QualitySheet.of(story(new Random(seed)), TIME, REFERENCE);
      sheet.alerts().forEach(alert -> rules.add(alert.getRuleId()));
      sheet.rows().forEach(row -> anomalies.add("rows " + row.getRowsAnomaly()));
      sheet.rows().forEach(row -> anomalies.add("types " + row.getTypesAnomaly()));
      sheet.rows().forEach(row -> anomalies.add("judged " + (row.getRowsRatio() != null)));
    }
    assertThat(rules).containsExactly("quality-rows", "quality-types", "quality-validity");
    assertThat(anomalies).hasSize(6);
  }

  private record Outcome(List<QualityRow> rows, List<Alert> alerts) {}

  private static List<SentRecord> story(Random random) {
    var story = new SentStory();
    for (var partition = 0; partition < 2; partition++) {
      var now = Events.START + random.nextInt(60_000);
      var count = 20 + random.nextInt(250);
      var pace = 1_000 + random.nextInt(15_000);
      var favourite = "login";
      for (var number = 0; number < count; number++) {
        now += step(random, pace);
        if (random.nextInt(60) == 0) {
          pace = 1_000 + random.nextInt(15_000);
          favourite = random.nextBoolean() ? "purchase" : "unheard";
        }
        story.send(partition, now, text(random, favourite, partition + "-" + number, now));
      }
    }
    return story.records();
  }

  private static long step(Random random, int pace) {
    return switch (random.nextInt(80)) {
      case 0 -> -random.nextInt(150_000);
      case 1 -> random.nextInt(400_000);
      case 2 -> random.nextInt(20) == 0 ? 3_600_000 : 0;
      default -> random.nextInt(pace);
    };
  }

  private static String text(Random random, String favourite, String id, long now) {
    if (random.nextInt(12) == 0) {
      return random.nextBoolean() ? "{" : "{\"event_id\":\"x\"}";
    }
    var type = random.nextInt(4) == 0 ? "search" : favourite;
    var latency =
        switch (random.nextInt(12)) {
          case 0 -> random.nextInt(7_200_000);
          case 1 -> -random.nextInt(299_000);
          case 2 -> 3_600_000L - random.nextInt(2);
          default -> random.nextInt(30_000);
        };
    return "{\"event_id\":\"%s\",\"user_id\":\"u\",\"event_type\":\"%s\",\"timestamp\":%d%s%s%s}"
        .formatted(
            id,
            type,
            now - latency,
            random.nextBoolean() ? ",\"session_id\":\"s\"" : "",
            random.nextBoolean() ? ",\"value\":" + (random.nextInt(2_000) - 1_000) / 8.0 : "",
            random.nextBoolean() ? ",\"ip\":\"i\"" : "");
  }

  private static Outcome run(List<SentRecord> sent, Random random) throws Exception {
    var rows = new ArrayList<QualityRow>();
    var alerts = new ArrayList<Alert>();
    var gate = new PartitionGate(TIME.watermarkDelayMillis(), TIME.allowedLatenessMillis());
    var decoder = new JsonEventDecoder(TIME.maxFutureSkewMillis());
    var tally = tally();
    var quality = quality(null);
    var watermark = 0L;
    for (var record : sent) {
      tally.processElement(intake(record, decoder, gate), 0);
      if (random.nextInt(15) == 0) {
        tally.processWatermark(++watermark);
      }
      if (random.nextInt(50) == 0) {
        tally.getOperator().prepareSnapshotPreBarrier(1);
        pass(tally, quality);
        take(quality, rows, alerts);
        var state = quality.snapshot(1, 1);
        quality.close();
        tally.close();
        tally = tally();
        quality = quality(state);
      }
    }
    tally.endInput();
    pass(tally, quality);
    quality.processWatermark(Watermark.MAX_WATERMARK);
    take(quality, rows, alerts);
    quality.close();
    tally.close();
    return new Outcome(rows, alerts);
  }

  private static Intake intake(SentRecord sent, JsonEventDecoder decoder, PartitionGate gate) {
    try {
      var event = decoder.decode(sent.value(), sent.coordinates()).event();
      return new Intake.Valid(gate.isLate(event) ? event.asLate() : event, 0);
    } catch (Rejection rejection) {
      var at = sent.coordinates();
      return new Intake.Refused(
          DeadLetter.newBuilder()
              .setTopic(at.topic())
              .setPartition(at.partition())
              .setOffset(at.offset())
              .setIngestTime(Instant.ofEpochMilli(at.ingestTimeMillis()))
              .setStage(rejection.reason().stage().code())
              .setError(rejection.reason().code())
              .setMessage("")
              .setRaw(ByteBuffer.allocate(0))
              .setRawLength(0)
              .build());
    }
  }

  private static void pass(
      OneInputStreamOperatorTestHarness<Intake, MinuteDelta> tally,
      KeyedOneInputStreamOperatorTestHarness<String, MinuteDelta, QualityRow> quality)
      throws Exception {
    for (var delta : tally.extractOutputValues()) {
      quality.processElement(delta, 0);
    }
  }

  private static void take(
      KeyedOneInputStreamOperatorTestHarness<String, MinuteDelta, QualityRow> quality,
      List<QualityRow> rows,
      List<Alert> alerts) {
    rows.addAll(quality.extractOutputValues());
    var aside = quality.getSideOutput(Quality.ALERTS);
    if (aside != null) {
      aside.forEach(alert -> alerts.add(alert.getValue()));
    }
  }

  private static List<Alert> confirmed(Collection<Alert> alerts) {
    return alerts.stream()
        .filter(alert -> alert.getStatus() == AlertStatus.confirmed)
        .map(alert -> Alert.newBuilder(alert).setCodeVersion("").build())
        .toList();
  }

  private static OneInputStreamOperatorTestHarness<Intake, MinuteDelta> tally() throws Exception {
    var harness =
        new OneInputStreamOperatorTestHarness<Intake, MinuteDelta>(new MinuteTallyOperator(TYPES));
    harness.open();
    return harness;
  }

  private static KeyedOneInputStreamOperatorTestHarness<String, MinuteDelta, QualityRow> quality(
      OperatorSubtaskState state) throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            new KeyedProcessOperator<>(new QualityFunction(TYPES, Quality.limits(CONFIG))),
            MinuteDelta::partitionName,
            Types.STRING);
    harness.setup();
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }
}
