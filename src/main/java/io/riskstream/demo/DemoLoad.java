package io.riskstream.demo;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.load.FilePlan;
import io.riskstream.load.LoadPlan;
import io.riskstream.load.LoadResult;
import io.riskstream.load.LoadRunner;
import io.riskstream.load.LoadSettings;
import io.riskstream.load.LoadShares;
import io.riskstream.load.PlannedRecord;
import io.riskstream.load.event.AvroProducers;
import io.riskstream.load.event.EventFormats;
import io.riskstream.load.event.LoadFormat;
import io.riskstream.manifest.ManifestWriter;
import io.riskstream.registry.RegistryAddress;
import io.riskstream.registry.RegistryClient;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The demo's load, on a thread of its own; starts to send at once. */
final class DemoLoad implements AutoCloseable {
  private static final double ZIPF_EXPONENT = 1.0;

  private final Deque<Closeable> opened = new ArrayDeque<>();
  private final LoadRunner runner;
  private final CompletableFuture<LoadResult> result;

  DemoLoad(DemoSettings settings, DataFolder folder, RiskstreamConfig config) throws IOException {
    var generated = generated(settings, config);
    var producers = producers(settings, config);
    var plan = plan(settings, generated, producers);
    var topic = config.kafka().eventsTopic();
    var described =
        settings.inputOrNull() == null
            ? generated.describe()
            : Map.of("input", settings.inputOrNull().toString());
    var manifest = open(ManifestWriter.create(folder.manifest(), topic, described));
    if (producers != null) {
      producers.describe(manifest);
    }
    var producer = LoadRunner.producer(config.kafka().bootstrapServers(), Map.of());
    opened.push(producer);
    runner = new LoadRunner(producer, topic, manifest);
    result = CompletableFuture.supplyAsync(() -> run(plan), DemoLoad::startThread);
  }

  /** Returns whether there is nothing left to send. */
  boolean isOver() {
    return result.isDone();
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
    try {
      return AvroProducers.register(new RegistryClient(address), registry.subject());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new DemoException("interrupted while schemas were registered", interrupted);
    }
  }

  private Iterator<PlannedRecord> plan(
      DemoSettings settings, LoadSettings generated, AvroProducers producers) throws IOException {
    return settings.inputOrNull() == null
        ? new LoadPlan(generated, EventFormats.of(settings.format(), producers))
        : open(new FilePlan(settings.inputOrNull(), settings.ratePerSecond(), generated.count()));
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
