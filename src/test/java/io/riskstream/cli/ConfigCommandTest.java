package io.riskstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.RiskstreamOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code config check} as it is typed. */
class ConfigCommandTest {
  @TempDir private Path folder;

  @Test
  void printsWhatIsInEffectAndPasses() throws Exception {
    var file =
        Files.writeString(
            folder.resolve("riskstream.yaml"),
            """
            kafka.bootstrap-servers: localhost:9092
            lake.path: file:///lake
            hot-store.uri: redis://localhost:6379
            """);

    var run =
        CommandLineRun.of(
            "config", "check", "--offline", "--config", file.toString(), "-Djob.name=mine");

    assertThat(run.status()).isZero();
    assertThat(run.out())
        .contains("kafka.bootstrap-servers = localhost:9092 (riskstream.yaml:1)")
        .contains("job.name = mine (-D)")
        .contains("kafka.group-id = riskstream (default)");
    assertThat(run.lastLine())
        .isEqualTo("verdict: PASS options=" + RiskstreamOptions.all().size() + " problems=0");
  }

  @Test
  void printsEveryProblemAndFails() {
    var run = CommandLineRun.of("config", "check", "-Dhot-store.epoch=-1", "-Dlake.paht=/lake");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out())
        .contains("problem: hot-store.epoch = -1 (-D): out of range; use 0 to 2147483647")
        .contains("problem: lake.paht = /lake (-D): no such key; did you mean lake.path?");
    assertThat(run.lastLine()).isEqualTo("verdict: FAIL problems=5");
  }

  @Test
  void asksTheBrokerUnlessOffline() {
    var run =
        CommandLineRun.of(
            "config",
            "check",
            "-Dkafka.bootstrap-servers=absent.invalid:1",
            "-Dlake.path=file:///lake",
            "-Dhot-store.uri=redis://localhost:6379");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("problem: no Kafka client can be made for absent.invalid:1");
    assertThat(run.lastLine()).isEqualTo("verdict: FAIL problems=1");
  }

  @Test
  void asksTheSchemaRegistryUnlessOffline() {
    var run =
        CommandLineRun.of(
            "config",
            "check",
            "-Dkafka.bootstrap-servers=absent.invalid:1",
            "-Dlake.path=file:///lake",
            "-Dhot-store.uri=redis://localhost:6379",
            "-Dschema-registry.url=http://127.0.0.1:1");

    assertThat(run.out())
        .contains("problem: the registry http://127.0.0.1:1 cannot be reached; start it");
    assertThat(run.lastLine()).isEqualTo("verdict: FAIL problems=2");
  }
}
