package io.riskstream.pipeline.law;

import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.manifest.SentRecord;
import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.Coordinates;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.UserEvent;
import io.riskstream.model.WindowRow;
import io.riskstream.pipeline.Edges;
import io.riskstream.pipeline.RiskPipeline;
import io.riskstream.pipeline.book.RuleObserverFactory;
import io.riskstream.rules.document.Answer;
import io.riskstream.sink.OutgoingRecord;
import io.riskstream.source.Intake;
import io.riskstream.source.control.DocumentGates;
import io.riskstream.source.control.DocumentHistory;
import io.riskstream.source.event.Rejection;
import io.riskstream.source.json.JsonEventDecoder;
import io.riskstream.source.json.JsonProfileDecoder;
import io.riskstream.source.profile.ProfileIntake;
import io.riskstream.testkit.MemorySink;
import io.riskstream.testkit.MemorySource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * One case through the graph of the job, between edges that lie in memory. Every document is known
 * before the first event, as after a restart.
 */
final class CaseRun {
  private static final Map<String, List<GatedDocument>> HISTORIES = new ConcurrentHashMap<>();

  private final RandomCase drawn;
  private final long seed;
  private final String name;
  private final RiskstreamConfig config;

  private final MemorySink<UserEvent> events;
  private final MemorySink<LedgerRow> ledger;
  private final MemorySink<Alert> alerts;
  private final MemorySink<ActivityRow> activity;
  private final MemorySink<WindowRow> windows;
  private final MemorySink<ProfileUpdate> profiles;
  private final MemorySink<HotUpdate> hotStore;
  private final MemorySink<OutgoingRecord> outgoing;

  private CaseRun(RandomCase drawn, long seed) {
    this.drawn = drawn;
    this.seed = seed;
    name = "case-" + seed + "-";
    config = config(drawn);
    events = new MemorySink<>(name + "events");
    ledger = new MemorySink<>(name + "ledger");
    alerts = new MemorySink<>(name + "alerts");
    activity = new MemorySink<>(name + "activity");
    windows = new MemorySink<>(name + "windows");
    profiles = new MemorySink<>(name + "profiles");
    hotStore = new MemorySink<>(name + "hot-store");
    outgoing = new MemorySink<>(name + "outgoing");
  }

  /**
   * Runs the case to its end.
   *
   * @param seed in which order partitions are read against each other
   */
  static CaseOutcome of(RandomCase drawn, long seed, LawCluster cluster) throws Exception {
    return new CaseRun(drawn, seed).run(cluster);
  }

  private CaseOutcome run(LawCluster cluster) throws Exception {
    HISTORIES.put(name, accepted());
    try {
      var environment = cluster.environment();
      environment.setParallelism(drawn.parallelism);
      environment.configure(config.job().flink());
      RiskPipeline.build(environment, config, edges());
      environment.execute(name);
    } finally {
      HISTORIES.remove(name);
      List.of("in-events", "in-profiles", "in-control")
          .forEach(source -> MemorySource.forget(name + source));
    }
    return new CaseOutcome(
        events.taken(),
        ledger.taken(),
        alerts.taken(),
        activity.taken(),
        windows.taken(),
        profiles.taken(),
        hotStore.taken(),
        outgoing.taken());
  }

  private Edges edges() {
    return new Edges(
        new Edges.Inputs(
            MemorySource.of(name + "in-events", partitioned(drawn.events, this::event), seed),
            MemorySource.of(
                name + "in-profiles", partitioned(drawn.profiles, this::profile), seed + 100),
            MemorySource.of(name + "in-control", List.of(drawn.documents), seed),
            history(name)),
        new Edges.LakeSinks(
            events,
            ledger,
            alerts,
            activity,
            windows,
            profiles,
            new DiscardingSink<>(),
            new DiscardingSink<>(),
            new DiscardingSink<>()),
        new DiscardingSink<>(),
        hotStore,
        new DiscardingSink<>(),
        outgoing,
        RuleObserverFactory.NONE);
  }

  private static DocumentHistory history(String name) {
    return () -> HISTORIES.get(name);
  }

  private List<GatedDocument> accepted() throws IOException {
    var gate = new DocumentGates(config).create();
    var accepted = new ArrayList<GatedDocument>();
    for (var document : drawn.documents) {
      if (gate.judge(document) instanceof Answer.Accepted yes) {
        accepted.add(yes.gated());
      }
    }
    return accepted;
  }

  /** Turns a record into what a source hands on. */
  @FunctionalInterface
  private interface Decoding<T> {
    T decode(byte[] value, Coordinates coordinates) throws Rejection;
  }

  private Intake event(byte[] value, Coordinates coordinates) throws Rejection {
    var decoded = new JsonEventDecoder(RandomCase.SKEW_MILLIS).decode(value, coordinates);
    return new Intake.Valid(decoded.event(), decoded.unknownFields());
  }

  private ProfileIntake profile(byte[] value, Coordinates coordinates) throws Rejection {
    var decoded = new JsonProfileDecoder(RandomCase.SKEW_MILLIS).decode(value, coordinates);
    return new ProfileIntake.Valid(decoded.update(), decoded.unknownFields());
  }

  private <T> List<List<T>> partitioned(List<SentRecord> records, Decoding<T> decoding) {
    var partitions = new ArrayList<List<T>>();
    for (var partition = 0; partition < drawn.partitions; partition++) {
      partitions.add(new ArrayList<>());
    }
    for (var record : records) {
      try {
        partitions
            .get(record.coordinates().partition())
            .add(decoding.decode(record.value(), record.coordinates()));
      } catch (Rejection rejection) {
        throw new AssertionError("drawn records keep the contract", rejection);
      }
    }
    return partitions;
  }

  private static RiskstreamConfig config(RandomCase drawn) {
    var keys = new HashMap<String, String>();
    keys.put("kafka.bootstrap-servers", "127.0.0.1:1");
    keys.put("lake.path", "file:///no-lake");
    keys.put("hot-store.uri", "redis://127.0.0.1:1");
    keys.put("windows.live", RandomCase.WINDOWS);
    keys.put("activity.size", RandomCase.ACTIVITY_MILLIS + " ms");
    keys.put("events.types", String.join(", ", RandomCase.NAMED_TYPES));
    keys.put("profiles.max-age", drawn.maxAgeMillis + " ms");
    keys.put("profiles.idle-timeout", "1 h");
    keys.put("time.watermark-delay", drawn.delayMillis + " ms");
    keys.put("time.allowed-lateness", drawn.latenessMillis + " ms");
    keys.put("time.max-future-skew", RandomCase.SKEW_MILLIS + " ms");
    keys.put("time.idle-timeout", "1 h");
    keys.put("rules.guard", RandomCase.GUARD_MILLIS + " ms");
    keys.put("flink.pipeline.auto-watermark-interval", "1 ms");
    return ConfigLoader.load(null, keys);
  }
}
