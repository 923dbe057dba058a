package io.riskstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.ConfigException.Problem;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong is said with key, value, place and fix, and all of it at once. */
class ConfigProblemsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kafka.bootstrap-servers   | localhost             | host:port",
        "kafka.bootstrap-servers   | a:9092,,b:9092        | host:port",
        "kafka.events-topic        | user events           | letters, digits",
        "kafka.alerts-topic        | events                | its own topic",
        "kafka.dead-letters-topic  | risk-alerts           | its own topic",
        "kafka.control-topic       | dead-letters          | its own topic",
        "kafka.control-status-topic | control              | its own topic",
        "kafka.profiles-topic      | control-status        | its own topic",
        "kafka.group-id            | ''                    | give it a value",
        "kafka.transaction-timeout | 0 s                   | 1 min",
        "kafka.transaction-timeout | 25 d                  | at most 24 d",
        "source.starting-offsets   | yesterday             | earliest, latest",
        "source.starting-offsets   | 2026-01-01            | 2026-01-01T00:00:00Z",
        "source.starting-offsets   | 0:1,0:2               | offsets such as",
        "source.rate-limit         | -1                    | 0 to 100000000",
        "source.partition-rate-limit | lots                | an integer",
        "source.on-lost-offsets    | skip                  | fail or record-gap",
        "run.state-path            | state                 | file:///",
        "time.watermark-delay      | 10 bananas            | 10 min",
        "time.watermark-delay      | 10                    | write one, such as 10 min",
        "time.allowed-lateness     | -1 s                  | 10 min",
        "time.max-future-skew      | 5 micro               | whole milliseconds",
        "time.idle-timeout         | 0 ms                  | 1 min",
        "windows.live              | 5 min                 | size/slide",
        "windows.live              | ''                    | size/slide",
        "windows.live              | 5m/2m                 | change one",
        "windows.live              | 1m/5m                 | change one",
        "windows.live              | 5m/0s                 | change one",
        "windows.live              | 5m/1m,5m/1m           | each once",
        "activity.size             | 0 s                   | 1 min",
        "events.types              | login, login          | each once",
        "events.types              | login, other          | not other",
        "rules.guard               | 0 s                   | 1 min",
        "rules.breaker.errors      | -1                    | 0 to 2147483647",
        "rules.breaker.triggers    | some                  | an integer",
        "rules.breaker.interval    | 0 s                   | 1 min",
        "profiles.max-age          | 0 s                   | 1 min",
        "profiles.idle-timeout     | -1 s                  | 10 min",
        "lake.path                 | demo-data/lake        | file:///",
        "lake.path                 | file:///a b           | percent-encode",
        "lake.row-group-size       | 1 kb                  | 64 kb to 1 gb",
        "lake.row-group-size       | 16                    | write one, such as 16 mb",
        "hot-store.uri             | http://localhost:6379 | redis://",
        "schema-registry.url       | registry:8081         | begin it with http://",
        "schema-registry.url       | http:///path          | http://localhost:8081",
        "schema-registry.url       | http://h/?a=b         | end it with the path",
        "schema-registry.url       | http://${env:REDIS_PASSWORD}@h | schema-registry.basic-auth",
        "schema-registry.basic-auth | ${env:REDIS_PASSWORD} | separate them by a colon",
        "schema-registry.request-timeout | 0 s             | 1 min",
        "hot-store.uri             | redis://:6379         | redis://localhost:6379",
        "hot-store.uri             | redis://h:70000       | 1 to 65535",
        "hot-store.uri             | redis://h:0           | 1 to 65535",
        "hot-store.uri             | redis://h:6379/first  | number",
        "hot-store.buffer-size     | 0                     | 1 to 10000000",
        "hot-store.batch-size      | many                  | an integer",
        "hot-store.flush-timeout   | 0 s                   | 1 min",
        "hot-store.drain-timeout   | soon                  | 10 min",
        "hot-store.epoch           | -1                    | 0 to 2147483647",
        "job.name                  | ' '                   | give it a value",
        "job.max-parallelism       | 0                     | 1 to 32768",
        "job.max-parallelism       | 32769                 | 1 to 32768",
        "kafka.grup-id             | g                     | did you mean kafka.group-id?",
        "watermark-delay           | 1 s                   | did you mean time.watermark-delay?",
        "zzz                       | 1                     | remove it",
        "kafka.properties          | 1                     | remove it",
      })
  void saysWhatIsWrongWithAValueAndHowToMendIt(String key, String value, String fix) {
    assertThat(ConfigFixture.problems(Map.of(key, value)))
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.key()).isEqualTo(key);
              assertThat(problem.given()).isEqualTo(value);
              assertThat(problem.where()).isEqualTo("-D");
              assertThat(problem.fix()).contains(fix);
            });
  }

  @Test
  void refusesTwoLimitsOfTheJobAtOnce() {
    assertThat(
            ConfigFixture.problems(
                Map.of("source.rate-limit", "10", "source.records-per-checkpoint", "10")))
        .extracting(Problem::key)
        .containsExactly("source.records-per-checkpoint");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bootstrap.servers",
        "group.id",
        "transaction.timeout.ms",
        "transactional.id",
        "enable.idempotence",
        "acks",
        "isolation.level",
        "auto.offset.reset",
        "enable.auto.commit",
        "key.serializer",
        "value.serializer",
        "key.deserializer",
        "value.deserializer"
      })
  void refusesKafkaPropertiesThatTheJobSetsItself(String name) {
    assertThat(ConfigFixture.problems(Map.of("kafka.properties." + name, "x")))
        .extracting(Problem::what)
        .containsExactly("may not be set here");
  }

  @ParameterizedTest
  @CsvSource({
    "pipeline.generic-types, true, set it to false",
    "pipeline.auto-generate-uids, true, set it to false",
    "execution.checkpointing.mode, AT_LEAST_ONCE, set it to EXACTLY_ONCE",
    "pipeline.max-parallelism, 12, job.max-parallelism",
    "pipeline.name, n, job.name"
  })
  void refusesFlinkOptionsThatBreakTheJob(String name, String value, String fix) {
    assertThat(ConfigFixture.problems(Map.of("flink." + name, value)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.fix()).contains(fix));
  }

  @Test
  void acceptsFlinkOptionsThatSayWhatTheJobNeeds() {
    assertThat(
            ConfigFixture.problems(
                Map.of(
                    "flink.pipeline.generic-types", "false",
                    "flink.execution.checkpointing.mode", "exactly_once")))
        .isEmpty();
  }

  @Test
  void saysEachRequiredOptionThatIsNotSet() {
    assertThatThrownBy(() -> ConfigLoader.load(null, Map.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith("the configuration has 3 problems:")
        .hasMessageContaining("kafka.bootstrap-servers (not set): is required;")
        .hasMessageContaining("lake.path (not set): is required;")
        .hasMessageContaining("hot-store.uri (not set): is required;");
  }

  @Test
  void saysAllProblemsAtOnceInTheOrderOfTheOptions() {
    var overrides = new LinkedHashMap<String, String>();
    overrides.put("nonsense", "1");
    overrides.put("job.max-parallelism", "0");
    overrides.put("kafka.properties.acks", "1");
    overrides.put("time.watermark-delay", "soon");
    overrides.put("hot-store.uri", "redis://:${env:MISSING}@localhost:6379");

    assertThat(ConfigFixture.problems(overrides))
        .extracting(Problem::key)
        .containsExactly(
            "hot-store.uri",
            "kafka.properties.acks",
            "time.watermark-delay",
            "job.max-parallelism",
            "nonsense");
  }

  @Test
  void writesAProblemOnOneLine() {
    assertThatThrownBy(() -> ConfigFixture.load(Map.of("hot-store.epoch", "-1")))
        .hasMessage(
            "the configuration has a problem:\n"
                + "  hot-store.epoch = -1 (-D): out of range; use 0 to 2147483647");
  }
}
