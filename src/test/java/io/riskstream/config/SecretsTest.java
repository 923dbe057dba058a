package io.riskstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.ConfigException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Secrets come from the environment or a file, and are never printed. */
class SecretsTest {
  private static final String PASSWORD = ConfigFixture.ENVIRONMENT.get("REDIS_PASSWORD");

  @TempDir Path folder;

  @Test
  void resolvesAnEnvironmentVariable() {
    var loaded =
        ConfigFixture.loaded(
            null, Map.of("hot-store.uri", "redis://app:${env:REDIS_PASSWORD}@localhost:6379"));

    assertThat(loaded.config().hotStore().uri()).isEqualTo("redis://app:hunter2@localhost:6379");
    assertThat(loaded.settings().toString())
        .contains("redis://app:${env:REDIS_PASSWORD}@localhost:6379")
        .doesNotContain(PASSWORD);
    assertThat(loaded.config().toString()).doesNotContain(PASSWORD);
  }

  @Test
  void resolvesAFileBesideTheConfiguration() throws IOException {
    Files.writeString(folder.resolve("key.txt"), PASSWORD + "\n");
    var file = folder.resolve("riskstream.yaml");
    Files.writeString(
        file,
        """
        kafka:
          bootstrap-servers: localhost:9092
          properties.ssl.key.password: ${file:key.txt}
        lake.path: file:///lake
        hot-store.uri: redis://localhost:6379
        """);

    var loaded = ConfigFixture.loaded(file, Map.of());

    assertThat(loaded.config().kafka().properties()).containsEntry("ssl.key.password", PASSWORD);
    assertThat(loaded.toString()).doesNotContain("value=" + PASSWORD, "= " + PASSWORD);
    assertThat(loaded.config().kafka().toString()).doesNotContain(PASSWORD);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kafka.properties.ssl.key.password     | hunter2",
        "kafka.properties.ssl.key.password     | x${env:REDIS_PASSWORD}hunter2",
        "kafka.properties.sasl.jaas.config     | login password=\"hunter2\";",
        "kafka.properties.sasl.jaas.config     | login username=${env:JAAS} password=\"hunter2\";",
        "kafka.properties.ssl.keystore.key     | hunter2",
        "flink.s3.secret-key                   | hunter2",
        "schema-registry.basic-auth            | reader:hunter2",
        "hot-store.uri                         | redis://:hunter2@localhost:6379",
        "hot-store.uri                         | redis://${env:JAAS}:hunter2@localhost:6379",
      })
  void refusesALiteralSecretWithoutQuotingIt(String key, String written) {
    var problems = ConfigFixture.problems(Map.of(key, written));

    assertThat(problems).extracting(Problem::what).contains("a secret may not be given literally");
    assertThat(problems.toString()).doesNotContain("hunter2");
  }

  @Test
  void acceptsAPlaceholderInsideOfJaas() {
    var key = "kafka.properties.sasl.jaas.config";
    var loaded =
        ConfigFixture.loaded(
            null, Map.of(key, "login username=\"u\" password=\"${env:REDIS_PASSWORD}\";"));

    assertThat(loaded.config().kafka().properties().get("sasl.jaas.config"))
        .isEqualTo("login username=\"u\" password=\"hunter2\";");
    assertThat(loaded.settings().toString()).doesNotContain(PASSWORD);
  }

  @Test
  void doesNotResolveWhatASecretHolds() throws IOException {
    Files.writeString(folder.resolve("topic"), "${env:REDIS_PASSWORD}");

    var problems =
        ConfigFixture.problems(
            Map.of("kafka.events-topic", "${file:" + folder.resolve("topic") + "}"));

    assertThat(problems).extracting(Problem::what).containsExactly("no name for a topic");
  }

  @Test
  void doesNotQuoteAResolvedSecretThatIsWrong() {
    var problems =
        ConfigFixture.problems(Map.of("hot-store.uri", "redis://:${env:PERCENT}@localhost:6379"));

    assertThat(problems).hasSize(1);
    assertThat(problems.toString())
        .contains("percent-encode", "${env:PERCENT}")
        .doesNotContain("%zz");
  }

  @ParameterizedTest
  @CsvSource({
    "${env:MISSING}, 'MISSING' is not set",
    "${file:/does/not/exist}, cannot be read",
    "${vault:x}, unknown kind",
    "${env:MISSING, unknown kind"
  })
  void saysWhyAPlaceholderCannotBeResolved(String written, String what) {
    assertThat(ConfigFixture.problems(Map.of("kafka.group-id", written)))
        .singleElement()
        .satisfies(problem -> assertThat(problem.what()).contains(what));
  }
}
