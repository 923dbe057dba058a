package io.riskstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.ActivityConfig.LiveWindow;
import java.lang.reflect.Modifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.PipelineOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each option reaches its place in the records, and has the default that the documents promise. */
class ConfigLoaderTest {
  private record Mapping(
      String key,
      Object byDefault,
      String given,
      Object expected,
      Function<RiskstreamConfig, ?> at) {
    @Override
    public String toString() {
      return key;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "redis://redis,        redis://redis:6379",
    "redis://h:,           redis://h:6379",
    "rediss://%40:${env:REDIS_PASSWORD}@h/3, rediss://%40:hunter2@h:6379/3",
    "redis://[::1]/,       redis://[::1]:6379/",
    "redis://h:1/3,        redis://h:1/3",
    "redis://h:65535,      redis://h:65535",
  })
  void givesARedisWithoutAPortTheUsualOne(String given, String expected) {
    assertThat(ConfigFixture.load(Map.of("hot-store.uri", given)).hotStore().uri())
        .isEqualTo(expected);
  }

  private static Stream<Mapping> mappings() {
    return Stream.of(
        new Mapping(
            "kafka.bootstrap-servers",
            "broker-1:9092,broker-2:9092",
            "other:1",
            "other:1",
            c -> c.kafka().bootstrapServers()),
        new Mapping("kafka.events-topic", "events", "e", "e", c -> c.kafka().eventsTopic()),
        new Mapping("kafka.alerts-topic", "risk-alerts", "a", "a", c -> c.kafka().alertsTopic()),
        new Mapping(
            "kafka.dead-letters-topic",
            "dead-letters",
            "d",
            "d",
            c -> c.kafka().deadLettersTopic()),
        new Mapping("kafka.control-topic", "control", "k", "k", c -> c.kafka().controlTopic()),
        new Mapping(
            "kafka.control-status-topic",
            "control-status",
            "s",
            "s",
            c -> c.kafka().controlStatusTopic()),
        new Mapping(
            "kafka.profiles-topic", "user-profiles", "p", "p", c -> c.kafka().profilesTopic()),
        new Mapping("kafka.group-id", "riskstream", "g", "g", c -> c.kafka().groupId()),
        new Mapping(
            "kafka.transactional-id-prefix",
            "riskstream",
            "t",
            "t",
            c -> c.kafka().transactionalIdPrefix()),
        new Mapping(
            "kafka.transaction-timeout",
            Duration.ofMinutes(15),
            "2 h",
            Duration.ofHours(2),
            c -> c.kafka().transactionTimeout()),
        new Mapping(
            "source.starting-offsets",
            new StartingOffsets.Earliest(),
            "0:7, 1:0",
            new StartingOffsets.Explicit(Map.of(0, 7L, 1, 0L)),
            c -> c.source().startingOffsets()),
        new Mapping("source.rate-limit", 0, "5", 5, c -> c.source().rateLimit()),
        new Mapping("source.partition-rate-limit", 0, "6", 6, c -> c.source().partitionRateLimit()),
        new Mapping(
            "source.records-per-checkpoint", 0, "7", 7, c -> c.source().recordsPerCheckpoint()),
        new Mapping(
            "source.on-lost-offsets",
            OnLostOffsets.FAIL,
            "record-gap",
            OnLostOffsets.RECORD_GAP,
            c -> c.source().onLostOffsets()),
        new Mapping(
            "schema-registry.url",
            "",
            "https://registry:8081/",
            "https://registry:8081",
            c -> c.schemaRegistry().url()),
        new Mapping(
            "schema-registry.subject", "events-value", "s", "s", c -> c.schemaRegistry().subject()),
        new Mapping(
            "schema-registry.basic-auth",
            null,
            "${env:REGISTRY}",
            "reader:hunter2",
            c -> c.schemaRegistry().basicAuthOrNull()),
        new Mapping(
            "schema-registry.request-timeout",
            Duration.ofSeconds(5),
            "300 ms",
            Duration.ofMillis(300),
            c -> c.schemaRegistry().requestTimeout()),
        new Mapping(
            "time.watermark-delay",
            Duration.ofMinutes(10),
            "2 s",
            Duration.ofSeconds(2),
            c -> c.time().watermarkDelay()),
        new Mapping(
            "time.allowed-lateness",
            Duration.ofMinutes(20),
            "0 s",
            Duration.ZERO,
            c -> c.time().allowedLateness()),
        new Mapping(
            "time.max-future-skew",
            Duration.ofMinutes(5),
            "30 s",
            Duration.ofSeconds(30),
            c -> c.time().maxFutureSkew()),
        new Mapping(
            "time.idle-timeout",
            Duration.ofMinutes(10),
            "500 ms",
            Duration.ofMillis(500),
            c -> c.time().idleTimeout()),
        new Mapping(
            "windows.live",
            List.of(
                new LiveWindow("5m/1m", Duration.ofMinutes(5), Duration.ofMinutes(1)),
                new LiveWindow("1m/30s", Duration.ofMinutes(1), Duration.ofSeconds(30))),
            "1d/6h",
            List.of(new LiveWindow("1d/6h", Duration.ofDays(1), Duration.ofHours(6))),
            c -> c.activity().live()),
        new Mapping(
            "activity.size",
            Duration.ofMinutes(10),
            "1 h",
            Duration.ofHours(1),
            c -> c.activity().size()),
        new Mapping(
            "events.types",
            List.of(
                "failed_login",
                "successful_login",
                "logout",
                "password_change",
                "account_update",
                "page_view",
                "search",
                "add_to_cart",
                "checkout",
                "purchase",
                "refund",
                "ad_impression",
                "ad_click"),
            "login, purchase",
            List.of("login", "purchase"),
            c -> c.activity().types()),
        new Mapping(
            "rules.initial", "", "/rules.yaml", "/rules.yaml", c -> c.rules().initialFile()),
        new Mapping(
            "rules.guard",
            Duration.ofSeconds(30),
            "2 s",
            Duration.ofSeconds(2),
            c -> c.rules().guard()),
        new Mapping("rules.breaker.errors", 1_000, "0", 0, c -> c.rules().breakerErrors()),
        new Mapping("rules.breaker.triggers", 100_000, "9", 9, c -> c.rules().breakerTriggers()),
        new Mapping(
            "rules.breaker.interval",
            Duration.ofMinutes(1),
            "5 s",
            Duration.ofSeconds(5),
            c -> c.rules().breakerInterval()),
        new Mapping(
            "profiles.max-age",
            Duration.ofHours(24),
            "1 h",
            Duration.ofHours(1),
            c -> c.profiles().maxAge()),
        new Mapping(
            "profiles.idle-timeout",
            Duration.ofSeconds(10),
            "300 ms",
            Duration.ofMillis(300),
            c -> c.profiles().idleTimeout()),
        new Mapping("lake.path", "file:///lake", "/other", "/other", c -> c.lake().path()),
        new Mapping(
            "lake.row-group-size", 16L << 20, "128 mb", 128L << 20, c -> c.lake().rowGroupBytes()),
        new Mapping(
            "hot-store.uri",
            "redis://localhost:6379/2",
            "rediss://cache:6380",
            "rediss://cache:6380",
            c -> c.hotStore().uri()),
        new Mapping("hot-store.buffer-size", 100_000, "7", 7, c -> c.hotStore().bufferSize()),
        new Mapping("hot-store.batch-size", 512, "8", 8, c -> c.hotStore().batchSize()),
        new Mapping(
            "hot-store.flush-timeout",
            Duration.ofSeconds(1),
            "3 s",
            Duration.ofSeconds(3),
            c -> c.hotStore().flushTimeout()),
        new Mapping(
            "hot-store.drain-timeout",
            Duration.ofSeconds(30),
            "4 s",
            Duration.ofSeconds(4),
            c -> c.hotStore().drainTimeout()),
        new Mapping("hot-store.epoch", 0, "9", 9, c -> c.hotStore().epoch()),
        new Mapping(
            "hot-store.alert-retention",
            Duration.ofDays(7),
            "1 h",
            Duration.ofHours(1),
            c -> c.hotStore().alertRetention()),
        new Mapping(
            "hot-store.alert-index-size", 10_000, "9", 9, c -> c.hotStore().alertIndexSize()),
        new Mapping("job.name", "riskstream", "n", "n", c -> c.job().name()),
        new Mapping("job.max-parallelism", 128, "32768", 32768, c -> c.job().maxParallelism()),
        new Mapping("run.state-path", null, "/state", "/state", c -> c.run().statePath()));
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void optionHasItsDefault(Mapping mapping) {
    assertThat(mapping.at.apply(ConfigFixture.load(Map.of()))).isEqualTo(mapping.byDefault);
  }

  @ParameterizedTest
  @MethodSource("mappings")
  void optionReachesItsPlace(Mapping mapping) {
    var config = ConfigFixture.load(Map.of(mapping.key, mapping.given));

    assertThat(mapping.at.apply(config)).isEqualTo(mapping.expected);
  }

  @ParameterizedTest
  @CsvSource({
    "latest,                        Latest[]",
    "committed,                     Committed[]",
    "1767225600000,                 At[timeMillis=1767225600000]",
    "2026-01-01T00:00:00Z,          At[timeMillis=1767225600000]",
    "2026-01-01T01:00:00.500+01:00, At[timeMillis=1767225600500]",
    "3:12,                          Explicit[offsets={3=12}]",
  })
  void readsEveryWayToSayWhereToStart(String given, String expected) {
    var start = ConfigFixture.load(Map.of("source.starting-offsets", given)).source();

    assertThat(start.startingOffsets()).hasToString(expected);
  }

  @Test
  void everyOptionIsListedAndMapped() throws IllegalAccessException {
    var declared = new ArrayList<ConfigOption<?>>();
    for (var field : RiskstreamOptions.class.getFields()) {
      if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
        declared.add((ConfigOption<?>) field.get(null));
      }
    }

    assertThat(RiskstreamOptions.all()).containsExactlyInAnyOrderElementsOf(declared);
    assertThat(mappings().map(Mapping::key))
        .containsExactlyElementsOf(declared.stream().map(ConfigOption::key).toList());
  }

  @Test
  void namesTheSubjectAfterTheEventsTopic() {
    var config = ConfigFixture.load(Map.of("kafka.events-topic", "clicks"));

    assertThat(config.schemaRegistry().subject()).isEqualTo("clicks-value");
    assertThat(config.schemaRegistry().isConfigured()).isFalse();
  }

  @Test
  void passesKafkaPropertiesOnWithoutThePrefix() {
    var config = ConfigFixture.load(Map.of("kafka.properties.security.protocol", "SSL"));

    assertThat(config.kafka().properties()).containsExactly(Map.entry("security.protocol", "SSL"));
  }

  @Test
  void passesFlinkOptionsOnWithoutThePrefix() {
    var config = ConfigFixture.load(Map.of("flink.execution.checkpointing.interval", "3 s"));

    assertThat(config.job().flink().get(CheckpointingOptions.CHECKPOINTING_INTERVAL))
        .isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void givesFlinkTheOptionsThatTheJobDependsOn() {
    var flink = ConfigFixture.load(Map.of("job.max-parallelism", "64")).job().flink();

    assertThat(flink.get(PipelineOptions.GENERIC_TYPES)).isFalse();
    assertThat(flink.get(PipelineOptions.AUTO_GENERATE_UIDS)).isFalse();
    assertThat(flink.get(PipelineOptions.MAX_PARALLELISM)).isEqualTo(64);
    assertThat(flink.get(PipelineOptions.NAME)).isEqualTo("riskstream");
    assertThat(flink.get(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE).name())
        .isEqualTo("EXACTLY_ONCE");
  }

  @Test
  void listsEverySettingInEffectWithItsOrigin() {
    var settings =
        ConfigFixture.loaded(
                null, Map.of("kafka.group-id", "g", "kafka.properties.client.rack", "r1"))
            .settings();

    assertThat(settings).hasSize(RiskstreamOptions.all().size() + 1);
    assertThat(settings.stream().map(Setting::toString).toList())
        .containsAll(
            List.of(
                "kafka.group-id = g (-D)",
                "time.watermark-delay = 10 min (default)",
                "lake.row-group-size = 16 mb (default)",
                "kafka.properties.client.rack = r1 (-D)"));
  }
}
