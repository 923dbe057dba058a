package io.riskstream.ops;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.manifest.Manifest;
import io.riskstream.model.ControlRecord;
import io.riskstream.ops.VerificationResult.Conclusion;
import io.riskstream.ops.check.Findings;
import io.riskstream.ops.check.Findings.Kind;
import io.riskstream.ops.hot.HotStoreCheck;
import io.riskstream.ops.hot.HotStoreExtrasCheck;
import io.riskstream.ops.lake.AlertsCheck;
import io.riskstream.ops.lake.AuditRows;
import io.riskstream.ops.lake.CheckpointCheck;
import io.riskstream.ops.lake.LakeCheck;
import io.riskstream.ops.lake.QualityCheck;
import io.riskstream.ops.lake.RowsCheck;
import io.riskstream.ops.lake.SealCheck;
import io.riskstream.ops.lake.WindowsCheck;
import io.riskstream.ops.topics.KafkaTopics;
import io.riskstream.ops.topics.PublishedAlert;
import io.riskstream.ops.topics.TopicCheck;
import io.riskstream.reference.Expected;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds everything that the pipeline has written against what the reference model makes of what was
 * sent: exact sets, row by row. The run must have been drained before.
 */
public final class Verification {
  private final RiskstreamConfig config;
  private final Manifest manifest;
  private final PrintStream out;
  private final ReferenceSource reference;
  private final Map<String, Object> figures = new LinkedHashMap<>();

  private Verification(RiskstreamConfig config, Manifest manifest, PrintStream out) {
    this.config = config;
    this.manifest = manifest;
    this.out = out;
    this.reference = new ReferenceSource(config);
  }

  /**
   * Reads lake, topics and hot store, and prints what is missing, double, different or unexpected
   * in each.
   */
  public static VerificationResult run(
      RiskstreamConfig config, Manifest manifest, PrintStream out) {
    return new Verification(config, manifest, out).run();
  }

  private VerificationResult run() {
    figures.put("sent", manifest.records().size());
    try {
      var doubts = ManifestDoubts.of(manifest, config.kafka());
      if (!doubts.isEmpty()) {
        return inconclusive(doubts);
      }
      try (var kafka = KafkaTopics.connect(config.kafka())) {
        var control = reference.control(kafka);
        doubts = doubts(kafka, control);
        return doubts.isEmpty() ? compare(kafka, control) : inconclusive(doubts);
      }
    } catch (IOException unreadable) {
      return inconclusive(List.of(unreadable.getMessage()));
    }
  }

  private List<String> doubts(KafkaTopics kafka, List<ControlRecord> control) throws IOException {
    var doubts = new ArrayList<String>();
    var profiles = config.kafka().profilesTopic();
    doubts.addAll(
        ManifestDoubts.of(manifest.records(), manifest.topic(), kafka.ends(manifest.topic())));
    doubts.addAll(ManifestDoubts.of(manifest.profiles(), profiles, kafka.ends(profiles)));
    doubts.addAll(ManifestDoubts.ofControl(manifest, control));
    return doubts;
  }

  private VerificationResult compare(KafkaTopics kafka, List<ControlRecord> control)
      throws IOException {
    var audit = AuditRows.read(config.lake().path(), manifest.topic());
    var sent = audit.withoutLost(manifest.records());
    var expected = reference.expected(sent, manifest.profiles(), control);
    var totals = expected.totals();
    figures.put("accepted", totals.accepted());
    figures.put("duplicate", totals.duplicate());
    figures.put("late", totals.late());
    figures.put("dead_lettered", totals.deadLettered());
    printWhatIsOutsideTheLaw(expected);

    var lake = config.lake().path();
    var events = LakeCheck.events(lake, expected.events());
    var ledger = LakeCheck.ledger(lake, expected.ledger());
    var windows = WindowsCheck.of(lake, expected.windows());
    var activity = RowsCheck.activity(lake, expected.activity());
    var profiles = RowsCheck.profiles(lake, expected.profiles());
    var documents = RowsCheck.control(lake, expected.control());
    var measured = QualityCheck.expected(sent, config);
    var quality = QualityCheck.of(lake, measured.rows());
    var alerts = AlertsCheck.of(lake, expected.alerts());
    var qualityAlerts = QualityCheck.alerts(lake, measured.alerts());
    var published = new ArrayList<PublishedAlert>();
    TopicCheck.alerts(
        kafka, config.kafka().alertsTopic(), alerts, alert -> addIfOfAUser(alert, published));
    var answers =
        TopicCheck.controlStatus(kafka, config.kafka().controlStatusTopic(), expected.answers());
    var deadLetters =
        TopicCheck.deadLetters(kafka, config.kafka().deadLettersTopic(), expected.deadLetters());
    var hotStore = HotStoreCheck.users(URI.create(config.hotStore().uri()), expected.users());
    var extras = new HotStoreExtrasCheck(config.hotStore());
    var top = extras.top(expected.users());
    var hotAlerts = extras.alerts(config.hotStore(), published, expected);
    var hotWindows = extras.windows(expected.windows());
    var pipeline = extras.pipeline(expected.users(), config.time().watermarkDelay());
    var hot = List.of(hotStore, top, hotAlerts, hotWindows, pipeline);
    audit.doubtGaps(kafka.beginnings(manifest.topic()), config.source().onLostOffsets());
    var accounts = audit.check(expected.balance(), kafka.ends(manifest.topic()));
    var checkpoints = CheckpointCheck.of(lake, manifest.topic(), expected.balance());
    var seals = SealCheck.of(lake, expected.balance());
    var rows =
        List.of(
            events,
            ledger,
            windows.findings(),
            activity,
            profiles,
            documents,
            quality,
            alerts.dataset(),
            alerts.topic(),
            qualityAlerts,
            answers,
            deadLetters);
    rows.forEach(found -> found.print(out));
    hot.forEach(found -> found.print(out));
    var work = List.of(accounts, checkpoints, seals);
    work.forEach(found -> found.print(out));
    audit.printGaps(out);

    figures.put("missing", sum(rows, Kind.MISSING));
    figures.put("double", sum(rows, Kind.DOUBLE));
    figures.put("different", sum(rows, Kind.DIFFERENT) + sum(rows, Kind.UNEXPECTED));
    figures.put("redis_users", hotStore.found());
    figures.put("redis_top", top.found());
    figures.put("redis_alerts", hotAlerts.found());
    figures.put("redis_stale", hot.stream().mapToLong(Findings::total).sum());
    figures.put("alerts", alerts.ids());
    figures.put("confirmed", alerts.confirmed());
    figures.put("withdrawn", alerts.withdrawn());
    figures.put("windows", windows.finals());
    figures.put("distinct_exact", windows.isDistinctExact());
    figures.put("activity", activity.found());
    figures.put("profiles", profiles.found());
    figures.put("quality_rows", quality.found());
    figures.put("rules_cut", answers.total() + documents.total() == 0 ? "exact" : "wrong");
    figures.put("balanced", accounts.total() == 0);
    figures.put("hours", audit.hours());
    figures.put("sealed", seals.found());
    figures.put("unsealed", seals.total());
    figures.put("gaps", audit.gaps());
    boolean exact =
        rows.stream().allMatch(found -> found.total() == 0)
            && hot.stream().allMatch(found -> found.total() == 0)
            && work.stream().allMatch(found -> found.total() == 0);
    return new VerificationResult(exact ? Conclusion.PASS : Conclusion.FAIL, figures);
  }

  /** The hot store shows no others. */
  private static void addIfOfAUser(PublishedAlert alert, List<PublishedAlert> published) {
    if (!alert.message().path("user_id").isNull()) {
      published.add(alert);
    }
  }

  private void printWhatIsOutsideTheLaw(Expected expected) {
    if (!expected.scatteredUsers().isEmpty()) {
      out.println(
          "note: %d users have records in several partitions, whose order of arrival is not known"
              .formatted(expected.scatteredUsers().size()));
    }
    if (!expected.undecided().isEmpty()) {
      out.println(
          ("note: %d event ids have records in several partitions; which of them arrived first and"
                  + " was accepted is taken from the lake, and all else follows from it")
              .formatted(expected.undecided().size()));
    }
    if (!expected.reusedIds().isEmpty()) {
      out.println(
          "note: %d event ids came again with another timestamp, the first at %s; what becomes of"
                  .formatted(expected.reusedIds().size(), expected.reusedIds().get(0))
              + " such an event depends on the run");
    }
  }

  private VerificationResult inconclusive(List<String> reasons) {
    reasons.forEach(reason -> out.println("cannot be judged: " + reason));
    return new VerificationResult(Conclusion.INCONCLUSIVE, figures);
  }

  private static long sum(List<Findings> datasets, Kind kind) {
    return datasets.stream().mapToLong(found -> found.count(kind)).sum();
  }
}
