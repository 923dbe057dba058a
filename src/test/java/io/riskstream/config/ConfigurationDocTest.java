package io.riskstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Collectors;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.description.HtmlFormatter;
import org.junit.jupiter.api.Test;

/**
 * docs/configuration.md says what the options say. With {@code -Dregenerate=true} it is written
 * anew.
 */
class ConfigurationDocTest {
  private static final Path DOCUMENT = Path.of("docs", "configuration.md");

  private static final String INTRODUCTION =
      """
      # Configuration

      Generated from `RiskstreamOptions`; do not edit. After a change of an option run
      `mvn test -Dtest=ConfigurationDocTest -Dregenerate=true`.

      One YAML file, keys nested or flat, `flink-conf/riskstream.yaml` unless `--config` names another;
      `-Dkey=value` overrides single keys. `bin/riskstream config check` prints what is in effect and
      where it came from, or every problem with its fix.

      Durations and sizes carry a unit: `500 ms`, `10 min`, `2 d`; `64 kb`, `16 mb`.

      Secrets stand neither in the file nor in `-D`: write `${env:NAME}` or `${file:path}` (without the
      file's trailing white space; relative paths start at the folder of the configuration, for `-D` at
      the current one). A password, key, token or JAAS entry given literally is refused. In a URI the
      secret itself must be percent-encoded. Resolved values are never printed.

      | key | type | default | meaning |
      |---|---|---|---|
      """;

  private static final String PASSED_ON =
      """
      | `kafka.properties.*` | text | | Passed to every Kafka client without the prefix, such as \
      `kafka.properties.security.protocol`. What riskstream sets itself is refused. |
      | `flink.*` | text | | Passed to Flink for this job without the prefix, such as \
      `flink.execution.checkpointing.interval`. Generic types, generated uids and at-least-once are \
      refused. |
      """;

  @Test
  void documentSaysWhatTheOptionsSay() throws IOException {
    var expected =
        INTRODUCTION
            + RiskstreamOptions.all().stream()
                .map(ConfigurationDocTest::row)
                .collect(Collectors.joining())
            + PASSED_ON;
    if (Boolean.getBoolean("regenerate")) {
      Files.writeString(DOCUMENT, expected);
    }

    assertThat(DOCUMENT).hasContent(expected);
  }

  private static String row(ConfigOption<?> option) {
    return "| `%s` | %s | %s | %s |%n"
        .formatted(
            option.key(),
            type(option),
            option.hasDefaultValue() ? "`" + ConfigLoader.defaultText(option) + "`" : "*required*",
            new HtmlFormatter().format(option.description()));
  }

  private static String type(ConfigOption<?> option) {
    if (!option.hasDefaultValue() || option.defaultValue() instanceof String) {
      return "text";
    } else if (option.defaultValue() instanceof Duration) {
      return "duration";
    } else if (option.defaultValue() instanceof MemorySize) {
      return "size";
    }
    return "integer";
  }
}
