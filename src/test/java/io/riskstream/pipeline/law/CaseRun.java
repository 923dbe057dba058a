package io.riskstream.pipeline.law;

import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.manifest.SentRecord;
import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.ControlRecord;
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
import io.riskstream.testkit.Await;
import io.riskstream.testkit.HeldSource;
import io.riskstream.testkit.MemorySink;
import io.riskstream.testkit.MemorySource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.runtime.jobgraph.SavepointRestoreSettings;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/**
 * One case through the graph of the job, between edges that lie in memory. Every document is known
 * before the first event, as after a restart.
 */
final class CaseRun {
  private static final Map<String, List<GatedDocument>> HISTORIES = new ConcurrentHashMap<>();
  private static final long PATIENCE_SECONDS = 60;
  private static final AtomicLong RUNS = new AtomicLong();

  /**
   * In place of a seed: partitions are read in turns, and a run can be stopped and gone on from.
   */
  private static final long IN_TURNS = -1;

  /** What a run that was stopped has written, and its savepoint. */
  record Stopped(CaseOutcome outcome, Path savepoint) {}

  private final RandomCase drawn;
  private final long seed;

  /** Ingest time of the last records that are read, before the run is stopped. */
  private final long untilMillis;

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

  private CaseRun(RandomCase drawn, long seed, long untilMillis) {
    this.drawn = drawn;
    this.seed = seed;
    this.untilMillis = untilMillis;
    name = "case-" + RUNS.incrementAndGet() + "-";
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
    var run = new CaseRun(drawn, seed, Long.MAX_VALUE);
    try {
      run.define(cluster, drawn.parallelism, new Configuration()).execute(run.name);
      return run.outcome();
    } finally {
      run.forget();
    }
  }

  /** Reads what had been sent until then, and stops with a savepoint that any backend reads. */
  static Stopped until(
      long untilMillis, RandomCase drawn, LawCluster cluster, Configuration flink, Path folder)
      throws Exception {
    var run = new CaseRun(drawn, IN_TURNS, untilMillis);
    try {
      var job = run.define(cluster, drawn.parallelism, flink).executeAsync(run.name);
      Await.until(
          "all sources wait",
          () -> run.sources().allMatch(HeldSource::isHeld) && !run.ledger.isEmpty());
      cluster.awaitRunning(job.getJobID());
      var savepoint =
          job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
              .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      job.getJobExecutionResult().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      return new Stopped(run.outcome(), Path.of(URI.create(savepoint)));
    } finally {
      run.forget();
    }
  }

  /** Goes on from the savepoint to the end of the input. */
  static CaseOutcome from(
      Path savepoint, RandomCase drawn, int parallelism, LawCluster cluster, Configuration flink)
      throws Exception {
    var run = new CaseRun(drawn, IN_TURNS, Long.MAX_VALUE);
    try {
      var environment = run.define(cluster, parallelism, flink);
      var graph = environment.getStreamGraph();
      graph.setJobName(run.name);
      graph.setSavepointRestoreSettings(
          SavepointRestoreSettings.forPath(savepoint.toUri().toString()));
      environment.execute(graph);
      return run.outcome();
    } finally {
      run.forget();
    }
  }

  private StreamExecutionEnvironment define(
      LawCluster cluster, int parallelism, Configuration flink) throws IOException {
    HISTORIES.put(name, accepted());
    var environment = cluster.environment();
    environment.setParallelism(parallelism);
    environment.configure(config.job().flink());
    environment.configure(flink);
    RiskPipeline.build(environment, config, edges());
    return environment;
  }

  private Stream<String> sources() {
    return Stream.of("in-events", "in-profiles", "in-control").map(source -> name + source);
  }

  private void forget() {
    HISTORIES.remove(name);
    sources().forEach(MemorySource::forget);
    sources().forEach(HeldSource::forget);
  }

  private CaseOutcome outcome() {
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
            source(
                "in-events",
                partitioned(drawn.events, this::event),
                intake -> ((Intake.Valid) intake).event().coordinates(),
                seed),
            source(
                "in-profiles",
                partitioned(drawn.profiles, this::profile),
                intake -> ((ProfileIntake.Valid) intake).update().coordinates(),
                seed + 100),
            source("in-control", List.of(drawn.documents), ControlRecord::coordinates, seed),
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

  private <T> Source<T, ?, ?> source(
      String source, List<List<T>> partitions, Function<T, Coordinates> coordinates, long order) {
    if (seed != IN_TURNS) {
      return MemorySource.of(name + source, partitions, order);
    }
    var ends =
        partitions.stream()
            .map(
                elements ->
                    (int)
                        elements.stream()
                            .filter(element -> isRead(coordinates.apply(element)))
                            .count())
            .toList();
    return HeldSource.of(name + source, partitions, ends);
  }

  private boolean isRead(Coordinates record) {
    return record.ingestTimeMillis() <= untilMillis;
  }

  private static DocumentHistory history(String name) {
    return () -> HISTORIES.get(name);
  }

  private List<GatedDocument> accepted() throws IOException {
    var gate = new DocumentGates(config).create();
    var accepted = new ArrayList<GatedDocument>();
    for (var document : drawn.documents) {
      if (isRead(document.coordinates()) && gate.judge(document) instanceof Answer.Accepted yes) {
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
