package io.riskstream.chaos.traffic;

import io.riskstream.chaos.scenario.Traffic;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.load.LoadPlan;
import io.riskstream.load.LoadResult;
import io.riskstream.load.LoadRunner;
import io.riskstream.load.LoadSettings;
import io.riskstream.load.LoadShares;
import io.riskstream.load.MergedPlan;
import io.riskstream.load.PlannedRecord;
import io.riskstream.load.document.DocumentPlan;
import io.riskstream.load.event.AvroProducers;
import io.riskstream.load.event.EventFormats;
import io.riskstream.load.event.LoadFormat;
import io.riskstream.load.profile.ProfilePlan;
import io.riskstream.load.profile.ProfileShares;
import io.riskstream.manifest.ManifestWriter;
import io.riskstream.manifest.SentTopics;
import io.riskstream.registry.RegistryAddress;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.producer.Producer;

/**
 * The load of a scenario, on a thread of its own. It waits for Kafka as long as it takes, so that
 * an outage leaves no hole, and every record ends in the manifest.
 */
public final class ScenarioLoad implements AutoCloseable {
  private static final double ZIPF_EXPONENT = 1.0;
  private static final Duration DOCUMENTS_WITHIN = Duration.ofSeconds(16);
  private static final ProfileShares PROFILES = ProfileShares.of(0.02);

  private final Deque<Closeable> opened = new ArrayDeque<>();
  private final LoadRunner runner;
  private final LoadSettings settings;
  private final CanaryPlan canary;
  private final Iterator<PlannedRecord> plan;
  private final PhaseProof phases;
  private final Producer<byte[], byte[]> producer;
  private volatile long startNanos;
  private volatile LongConsumer onCanary = timestamp -> {};
  private CompletableFuture<LoadResult> result;

  /**
   * Prepares the load; {@link #start} sends it.
   *
   * @param config of the job, with the addresses that the load itself is to use
   */
  public ScenarioLoad(Traffic traffic, long seed, RiskstreamConfig config, Path manifestFile)
      throws IOException {
    var producers = producers(traffic, config);
    var formats = EventFormats.of(traffic.format(), producers);
    settings = settings(traffic, seed, config);
    canary =
        new CanaryPlan(settings.idPrefix(), formats, settings.startTimeMillis(), traffic.length());
    plan = plan(traffic, config, formats);
    phases = new PhaseProof(traffic);
    var kafka = config.kafka();
    var topics = new SentTopics(kafka.eventsTopic(), kafka.profilesTopic(), kafka.controlTopic());
    var manifest = open(ManifestWriter.create(manifestFile, topics, settings.describe()));
    if (producers != null) {
      producers.describe(manifest);
    }
    producer = LoadRunner.patientProducer(kafka.bootstrapServers(), Map.of());
    runner = new LoadRunner(producer, topics, manifest);
    runner.onAcknowledged(this::acknowledged);
  }

  /** Starts to send. */
  public void start() {
    startNanos = System.nanoTime();
    result = CompletableFuture.supplyAsync(this::run, ScenarioLoad::startThread);
  }

  /** Returns the user that is sent at even times. */
  public String canary() {
    return canary.user();
  }

  /** Tells of each timestamp of the canary once it was acknowledged. */
  void onCanary(LongConsumer told) {
    onCanary = told;
  }

  /** Returns how long the load has been running. */
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - startNanos);
  }

  /** Returns whether there is nothing left to send, and nothing on its way. */
  public boolean isOver() {
    return result.isDone();
  }

  /** Returns the figures so far. */
  public LoadResult progress() {
    return runner.progress();
  }

  /** Returns what the acknowledgements say of the phases. */
  public PhaseProof phases() {
    return phases;
  }

  /**
   * Returns what became of a load that is over.
   *
   * @throws IOException if it failed
   */
  public LoadResult result() throws IOException {
    try {
      return result.join();
    } catch (CompletionException failed) {
      throw new IOException("the load failed: " + failed.getCause().getMessage(), failed);
    }
  }

  /** Ends it at once, also where Kafka does not answer; the manifest may stay without its end. */
  @Override
  public void close() throws IOException {
    runner.stop();
    producer.close(Duration.ZERO);
    if (result != null) {
      var unused = result.handle((sent, failed) -> sent).join();
    }
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  private LoadResult run() {
    try {
      return runner.run(plan);
    } catch (IOException failed) {
      throw new CompletionException(failed);
    }
  }

  private void acknowledged(PlannedRecord record) {
    phases.acknowledged(record, System.nanoTime());
    if (canary.isOfCanary(record)) {
      onCanary.accept(canary.timestampMillis(record));
    }
  }

  private Iterator<PlannedRecord> plan(
      Traffic traffic, RiskstreamConfig config, EventFormats formats) {
    var plans = new ArrayList<Iterator<PlannedRecord>>();
    var cutDelay = config.time().maxFutureSkew().plus(config.rules().guard());
    if (DocumentPlan.fitsInto(traffic.length(), cutDelay)) {
      plans.add(new DocumentPlan(documents(), cutDelay));
    }
    plans.add(canary);
    plans.add(new ProfilePlan(settings, PROFILES));
    plans.add(new LoadPlan(settings, formats));
    for (var phase = 0; phase < traffic.phases().size(); phase++) {
      plans.add(new PhasePlan(traffic.phases().get(phase), phase, settings, formats));
    }
    return new MergedPlan(List.copyOf(plans));
  }

  /** Documents come as in a short load, so that a fault of later strikes when all are there. */
  private LoadSettings documents() {
    return new LoadSettings(
        settings.ratePerSecond(),
        Math.min(
            settings.count(), LoadSettings.countFor(DOCUMENTS_WITHIN, settings.ratePerSecond())),
        settings.users(),
        settings.zipfExponent(),
        settings.seed(),
        settings.startTimeMillis(),
        settings.watermarkDelay(),
        settings.allowedLateness(),
        settings.shares());
  }

  private static LoadSettings settings(Traffic traffic, long seed, RiskstreamConfig config) {
    return new LoadSettings(
        traffic.ratePerSecond(),
        LoadSettings.countFor(traffic.length(), traffic.ratePerSecond()),
        traffic.users(),
        ZIPF_EXPONENT,
        seed,
        System.currentTimeMillis(),
        config.time().watermarkDelay(),
        config.time().allowedLateness(),
        LoadShares.DEFAULT);
  }

  /** Returns null where all events are JSON. */
  private static AvroProducers producers(Traffic traffic, RiskstreamConfig config)
      throws IOException {
    if (traffic.format() == LoadFormat.JSON) {
      return null;
    }
    var registry = config.schemaRegistry();
    var address =
        new RegistryAddress(registry.url(), registry.basicAuthOrNull(), registry.requestTimeout());
    return AvroProducers.register(address, registry.subject());
  }

  private <T extends Closeable> T open(T resource) {
    opened.push(resource);
    return resource;
  }

  private static void startThread(Runnable task) {
    var thread = new Thread(task, "chaos-load");
    thread.setDaemon(true);
    thread.start();
  }
}
