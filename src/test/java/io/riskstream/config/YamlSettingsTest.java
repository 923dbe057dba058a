package io.riskstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.ConfigException.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.CoreOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The file may nest its keys or not; what is wrong with it is said with its line. */
class YamlSettingsTest {
  private static final String REQUIRED =
      """
      kafka:
        bootstrap-servers: [a:1, b:2]
      lake.path: file:///lake
      hot-store:
        uri: redis://localhost:6379
      """;

  @TempDir Path folder;

  private Path file(String yaml) throws IOException {
    return Files.writeString(folder.resolve("riskstream.yaml"), yaml);
  }

  @Test
  void readsNestedAndFlatKeysAlike() throws IOException {
    var config =
        ConfigFixture.loaded(
                file(REQUIRED + "time.idle-timeout: 2 min\njob:\n  max-parallelism: 64\n"),
                Map.of())
            .config();

    assertThat(config.kafka().bootstrapServers()).isEqualTo("a:1,b:2");
    assertThat(config.time().idleTimeout()).hasMinutes(2);
    assertThat(config.job().maxParallelism()).isEqualTo(64);
  }

  @Test
  void readsListsOfFlinkOptions() throws IOException {
    var config =
        ConfigFixture.loaded(
                file(
                    REQUIRED
                        + "flink.classloader.parent-first-patterns.additional: [org.a., org.b.]\n"),
                Map.of())
            .config();

    assertThat(config.job().flink().get(CoreOptions.ALWAYS_PARENT_FIRST_LOADER_PATTERNS_ADDITIONAL))
        .containsExactly("org.a.", "org.b.");
  }

  @Test
  void overridesTheFile() throws IOException {
    var config =
        ConfigFixture.loaded(file(REQUIRED + "kafka.group-id: a\n"), Map.of("kafka.group-id", "b"))
            .config();

    assertThat(config.kafka().groupId()).isEqualTo("b");
  }

  @Test
  void acceptsAFileOfCommentsOnly() throws IOException {
    assertThat(ConfigFixture.problems(file("# nothing yet\n"), ConfigFixture.REQUIRED)).isEmpty();
  }

  @Test
  void saysTheLineOfAProblem() throws IOException {
    assertThat(ConfigFixture.problems(file(REQUIRED + "job:\n  max-parallelism: 0\n"), Map.of()))
        .extracting(Problem::where)
        .containsExactly("riskstream.yaml:7");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "kafka.group-id: a\\nkafka:\\n  group-id: b   | given a second time, first at riskstream.yaml:1",
        "kafka.group-id:                              | a key without a value",
        "kafka.group-id: [[a]]                        | a key without a value",
        "[a]: b                                       | a key that is no text",
        "a: &a {b: *a}                                | nested too deeply",
        "- kafka.group-id                             | the document is no mapping of keys",
        "a: 1\\n  b: 2                                | this is not one YAML document",
        "a: 1\\n---\\nb: 2                            | this is not one YAML document",
      })
  void saysWhatIsWrongWithTheFile(String yaml, String what) throws IOException {
    var file = file(yaml.replace("\\n", "\n") + "\n");

    assertThat(ConfigFixture.problems(file, ConfigFixture.REQUIRED))
        .extracting(Problem::what)
        .contains(what);
  }

  @Test
  void doesNotQuoteALineThatIsNoYaml() throws IOException {
    var problems = ConfigFixture.problems(file("a: 1\n  pass: hunter2: x\n"), Map.of());

    assertThat(problems.get(0).where()).endsWith("riskstream.yaml:2");
    assertThat(problems.toString()).doesNotContain("hunter2");
  }

  @Test
  void saysThatTheFileDoesNotExist() {
    assertThat(ConfigFixture.problems(folder.resolve("absent.yaml"), ConfigFixture.REQUIRED))
        .extracting(Problem::what)
        .containsExactly("the file does not exist");
  }
}
