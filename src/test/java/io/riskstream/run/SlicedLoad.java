package io.riskstream.run;

import io.riskstream.load.LoadPlan;
import io.riskstream.load.LoadRunner;
import io.riskstream.load.LoadSettings;
import io.riskstream.load.LoadShares;
import io.riskstream.load.PlannedRecord;
import io.riskstream.manifest.ManifestWriter;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.Configs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.apache.kafka.clients.producer.Producer;

/** A load plan that is sent slice by slice, each at once, under one manifest. */
final class SlicedLoad implements AutoCloseable {
  private static final int EVENTS_A_SECOND = 200; // of event time

  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final Producer<byte[], byte[]> producer;
  private final ManifestWriter manifest;
  private final LoadRunner runner;
  private final Semaphore released = new Semaphore(0);
  private final CompletableFuture<?> result;
  private long allowed;

  SlicedLoad(String bootstrapServers, String topic, Path manifestFile, int records)
      throws IOException {
    var settings =
        new LoadSettings(
            EVENTS_A_SECOND,
            records,
            60,
            0.8,
            11,
            System.currentTimeMillis() - 1_000L * records / EVENTS_A_SECOND,
            Configs.TIME.watermarkDelay(),
            Configs.TIME.allowedLateness(),
            LoadShares.DEFAULT);
    producer = LoadRunner.producer(bootstrapServers, Map.of());
    manifest = ManifestWriter.create(manifestFile, topic, settings.describe());
    runner = new LoadRunner(producer, topic, manifest);
    // A thread of its own: the common pool has one on two cores, and anybody may hold that.
    result =
        CompletableFuture.supplyAsync(
            () -> run(new Gated(new LoadPlan(settings))),
            command -> new Thread(command, "sliced-load").start());
  }

  /** Sends the next records of the plan, and returns when the broker has them all. */
  void send(int records) {
    allowed += records;
    released.release(records);
    try {
      Await.until(
          "the slice is sent",
          () -> result.isDone() || runner.progress().acknowledged() == allowed);
    } catch (AssertionError late) {
      throw new AssertionError("of " + allowed + " records: " + runner.progress(), late);
    }
  }

  /** Finishes the manifest; the whole plan must have been sent. */
  @Override
  public void close() throws IOException {
    released.release(1_000_000);
    producer.close(CLOSING); // what Kafka does not take until then fails, and ends the run
    result.join();
    manifest.close();
  }

  private Object run(Iterator<PlannedRecord> plan) {
    try {
      return runner.run(plan);
    } catch (IOException failed) {
      throw new CompletionException(failed);
    }
  }

  /** Gives each record when it is released, to be sent without delay. */
  private final class Gated implements Iterator<PlannedRecord> {
    private final LoadPlan plan;

    Gated(LoadPlan plan) {
      this.plan = plan;
    }

    @Override
    public boolean hasNext() {
      return plan.hasNext();
    }

    @Override
    public PlannedRecord next() {
      released.acquireUninterruptibly();
      var planned = plan.next();
      return new PlannedRecord(0, planned.kind(), planned.key(), planned.value());
    }
  }
}
