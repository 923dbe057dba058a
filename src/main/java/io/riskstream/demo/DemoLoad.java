package io.riskstream.demo;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.demo.output.Promise;
import io.riskstream.load.FilePlan;
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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The demo's load, on a thread of its own; starts to send at once. */
final class DemoLoad implements AutoCloseable {
  private static final double ZIPF_EXPONENT = 1.0;
  private static final ProfileShares PROFILES = ProfileShares.of(0.02);

  /** A run of a minute is long enough for the whole life of alerts. */
  private static final Duration LONG_ENOUGH_FOR_WITHDRAWALS = Duration.ofMinutes(1);

  private final Deque<Closeable> opened = new ArrayDeque<>();
  private final LoadRunner runner;
  private final Promise promise;
  private final CompletableFuture<LoadResult> result;

  DemoLoad(DemoSettings settings, DataFolder folder, RiskstreamConfig config) throws IOException {
    var generated = generated(settings, config);
    var producers = producers(settings, config);
    var plan = plan(settings, config, generated, producers);
    var kafka = config.kafka();
    var topics = new SentTopics(kafka.eventsTopic(), kafka.profilesTopic(), kafka.controlTopic());
    promise = promise(settings, config, generated);
    var described =
        settings.inputOrNull() == null
            ? generated.describe()
            : Map.of("input", settings.inputOrNull().toString());
    var manifest = open(ManifestWriter.create(folder.manifest(), topics, described));
    if (producers != null) {
      producers.describe(manifest);
    }
    var producer = LoadRunner.producer(kafka.bootstrapServers(), Map.of());
    opened.push(producer);
    runner = new LoadRunner(producer, topics, manifest);
    result = CompletableFuture.supplyAsync(() -> run(plan), DemoLoad::startThread);
  }

  /** Returns whether there is nothing left to send. */
  boolean isOver() {
    return result.isDone();
  }

  /** Returns what the run is to show if it is not ended before. */
  Promise promise() {
    return promise;
  }

  LoadResult progress() {
    return runner.progress();
  }

  /** Ends the load in order and returns what became of it. */
  LoadResult stop() throws IOException {
    runner.stop();
    try {
      return result.join();
    } catch (CompletionException failed) {
      throw new DemoException("the load failed: " + RootCause.of(failed), failed);
    }
  }

  @Override
  public void close() throws IOException {
    runner.stop();
    var unused = result.handle((sent, failed) -> sent).join();
    while (!opened.isEmpty()) {
      opened.pop().close();
    }
  }

  private LoadResult run(Iterator<PlannedRecord> plan) {
    try {
      return runner.run(plan);
    } catch (IOException failed) {
      throw new CompletionException(failed);
    }
  }

  /** Returns null where all events are JSON. */
  private static AvroProducers producers(DemoSettings settings, RiskstreamConfig config)
      throws IOException {
    if (settings.format() == LoadFormat.JSON) {
      return null;
    }
    var registry = config.schemaRegistry();
    var address =
        new RegistryAddress(registry.url(), registry.basicAuthOrNull(), registry.requestTimeout());
    return AvroProducers.register(address, registry.subject());
  }

  /** Lines of a file are sent as they are, and nothing beside them. */
  private Iterator<PlannedRecord> plan(
      DemoSettings settings,
      RiskstreamConfig config,
      LoadSettings generated,
      AvroProducers producers)
      throws IOException {
    if (settings.inputOrNull() != null) {
      return open(
          new FilePlan(settings.inputOrNull(), settings.ratePerSecond(), generated.count()));
    }
    var profiles = new ProfilePlan(generated, PROFILES);
    var events = new LoadPlan(generated, EventFormats.of(settings.format(), producers));
    return publishes(settings, config)
        ? new MergedPlan(List.of(new DocumentPlan(generated, cutDelay(config)), profiles, events))
        : new MergedPlan(List.of(profiles, events));
  }

  /** Whether documents come into force before the run is over. */
  private static boolean publishes(DemoSettings settings, RiskstreamConfig config) {
    return settings.durationOrNull() == null
        || DocumentPlan.fitsInto(settings.durationOrNull(), cutDelay(config));
  }

  private static Duration cutDelay(RiskstreamConfig config) {
    return config.time().maxFutureSkew().plus(config.rules().guard());
  }

  /** What a run without a set end shows depends on when it is ended. */
  private static Promise promise(
      DemoSettings settings, RiskstreamConfig config, LoadSettings generated) {
    var duration = settings.durationOrNull();
    if (settings.inputOrNull() != null || duration == null) {
      return Promise.NONE;
    }
    return new Promise(
        publishes(settings, config) ? DocumentPlan.firstRulesVersion(generated) : null,
        duration.compareTo(LONG_ENOUGH_FOR_WITHDRAWALS) >= 0);
  }

  private static LoadSettings generated(DemoSettings settings, RiskstreamConfig config) {
    return new LoadSettings(
        settings.ratePerSecond(),
        settings.durationOrNull() == null
            ? Long.MAX_VALUE
            : LoadSettings.countFor(settings.durationOrNull(), settings.ratePerSecond()),
        settings.users(),
        ZIPF_EXPONENT,
        settings.seed(),
        System.currentTimeMillis(),
        config.time().watermarkDelay(),
        config.time().allowedLateness(),
        LoadShares.DEFAULT);
  }

  private <T extends Closeable> T open(T resource) {
    opened.push(resource);
    return resource;
  }

  private static void startThread(Runnable task) {
    var thread = new Thread(task, "demo-load");
    thread.setDaemon(true);
    thread.start();
  }
}
