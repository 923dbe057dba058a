package io.riskstream.testkit.running;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.load.LoadPlan;
import io.riskstream.load.LoadResult;
import io.riskstream.load.LoadRunner;
import io.riskstream.load.LoadSettings;
import io.riskstream.load.LoadShares;
import io.riskstream.load.MergedPlan;
import io.riskstream.load.profile.ProfilePlan;
import io.riskstream.load.profile.ProfileShares;
import io.riskstream.manifest.Manifest;
import io.riskstream.manifest.ManifestWriter;
import io.riskstream.manifest.SentTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.Producer;

/** Events of some users, of whom most have a profile, sent on a thread of its own until stopped. */
public final class ProfiledLoad implements AutoCloseable {
  private static final int RATE = 400;
  private static final int USERS = 150;

  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Path file;
  private final ManifestWriter manifest;
  private final Producer<byte[], byte[]> producer;
  private final LoadRunner runner;
  private final CompletableFuture<LoadResult> result;

  private ProfiledLoad(RiskstreamConfig config, Path file) throws IOException {
    var settings =
        new LoadSettings(
            RATE,
            LoadSettings.countFor(LONGEST, RATE),
            USERS,
            1.0,
            11,
            System.currentTimeMillis(),
            config.time().watermarkDelay(),
            config.time().allowedLateness(),
            LoadShares.DEFAULT);
    var topics = new SentTopics(config.kafka().eventsTopic(), config.kafka().profilesTopic(), null);
    var profiles = new ProfilePlan(settings, ProfileShares.of(0.02));
    this.file = file;
    manifest = ManifestWriter.create(file, topics, settings.describe());
    producer = LoadRunner.producer(config.kafka().bootstrapServers(), Map.of());
    runner = new LoadRunner(producer, topics, manifest);
    var plan = new MergedPlan(List.of(profiles, new LoadPlan(settings)));
    result =
        CompletableFuture.supplyAsync(() -> send(plan), task -> new Thread(task, "load").start());
  }

  /** Begins to send; writes what was acknowledged to the file. */
  public static ProfiledLoad start(RiskstreamConfig config, Path file) throws IOException {
    return new ProfiledLoad(config, file);
  }

  private LoadResult send(MergedPlan plan) {
    try {
      return runner.run(plan);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Ends the load in order, and returns what was sent. */
  public Manifest stop() throws Exception {
    close();
    var sent = result.join();
    if (sent.failed() > 0) {
      throw new AssertionError("not all was acknowledged: " + sent);
    }
    return Manifest.read(file);
  }

  @Override
  public void close() throws IOException {
    runner.stop();
    var unused = result.handle((sent, failed) -> sent).join();
    producer.close();
    manifest.close();
  }
}
