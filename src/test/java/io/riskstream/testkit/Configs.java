package io.riskstream.testkit;

import io.riskstream.config.ConfigLoader;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.config.TimeConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Configurations of test pipelines: event time in seconds instead of minutes. */
public final class Configs {
  public static final TimeConfig TIME =
      new TimeConfig(
          Duration.ofSeconds(2),
          Duration.ofSeconds(3),
          Duration.ofMinutes(5),
          Duration.ofMinutes(1));

  private Configs() {}

  /** Returns a valid configuration whose servers do not exist. */
  public static RiskstreamConfig unreachable() {
    return of("127.0.0.1:1", "redis://127.0.0.1:1", Path.of("target/no-lake"));
  }

  public static RiskstreamConfig of(String bootstrapServers, String redisUri, Path lake) {
    return ConfigLoader.load(
        null,
        Map.of(
            "kafka.bootstrap-servers",
            bootstrapServers,
            "time.watermark-delay",
            TIME.watermarkDelay().toMillis() + " ms",
            "time.allowed-lateness",
            TIME.allowedLateness().toMillis() + " ms",
            "lake.path",
            lake.toUri().toString(),
            "hot-store.uri",
            redisUri));
  }
}
