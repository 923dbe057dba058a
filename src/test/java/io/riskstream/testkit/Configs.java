package io.riskstream.testkit;

import io.riskstream.config.HotStoreConfig;
import io.riskstream.config.JobConfig;
import io.riskstream.config.KafkaConfig;
import io.riskstream.config.LakeConfig;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.config.TimeConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.flink.configuration.Configuration;

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
    return new RiskstreamConfig(
        new KafkaConfig(
            bootstrapServers,
            "events",
            "risk-alerts",
            "dead-letters",
            "riskstream",
            "riskstream",
            Duration.ofMinutes(10),
            Map.of()),
        TIME,
        new LakeConfig(lake.toUri().toString(), 16 << 20),
        new HotStoreConfig(
            redisUri, 100_000, 512, Duration.ofSeconds(1), Duration.ofSeconds(30), 0),
        new JobConfig("riskstream", 128, new Configuration()));
  }
}
