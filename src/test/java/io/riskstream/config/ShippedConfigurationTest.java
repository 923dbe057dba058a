package io.riskstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.CoreOptions;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.GlobalConfiguration;
import org.apache.flink.configuration.JobManagerOptions;
import org.apache.flink.configuration.MetricOptions;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.configuration.WebOptions;
import org.apache.flink.state.rocksdb.RocksDBConfigurableOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of flink-conf are valid, and say what they claim. */
class ShippedConfigurationTest {
  private static final Path APPLICATION = Path.of("flink-conf", "riskstream.yaml");

  @TempDir private Path folder;

  @Test
  void applicationIsValidAsShipped() {
    var config = ConfigLoader.load(APPLICATION, Map.of());

    assertThat(config.kafka().bootstrapServers()).isEqualTo("localhost:9092");
  }

  @Test
  void applicationShowsEveryKeyWithItsDefault() throws IOException {
    var uncommented =
        Files.readString(APPLICATION)
            .replaceAll("(?m)^( *)# ([a-z.-]+: \\S.*)$", "$1$2")
            .replaceAll("(?m)^# ([a-z-]+:)$", "$1");
    var file = Files.writeString(folder.resolve("riskstream.yaml"), uncommented);

    var loaded = ConfigLoader.loadWithSettings(file, Map.of());

    assertThat(loaded.settings())
        .filteredOn(setting -> setting.where().equals("default"))
        .isEmpty();
    assertThat(loaded.config()).isEqualTo(ConfigLoader.load(APPLICATION, Map.of()));
  }

  @Test
  void clusterSetsOnlyOptionsThatFlinkKnows() throws IllegalAccessException {
    var known = new HashSet<String>(Set.of("env.java.opts.all"));
    for (var key : List.of("factory.class", "port", "filterLabelValueCharacters")) {
      known.add("metrics.reporter.prom." + key);
    }
    for (var options :
        List.of(
            CheckpointingOptions.class,
            CoreOptions.class,
            ExecutionOptions.class,
            JobManagerOptions.class,
            MetricOptions.class,
            PipelineOptions.class,
            RestOptions.class,
            RestartStrategyOptions.class,
            RocksDBConfigurableOptions.class,
            StateBackendOptions.class,
            StateRecoveryOptions.class,
            TaskManagerOptions.class,
            WebOptions.class)) {
      for (var field : options.getFields()) {
        if (Modifier.isStatic(field.getModifiers()) && field.getType() == ConfigOption.class) {
          known.add(((ConfigOption<?>) field.get(null)).key());
        }
      }
    }

    assertThat(known).containsAll(cluster().keySet());
  }

  @Test
  void clusterCommitsExactlyOnceWithoutKryoOrGeneratedUids() {
    assertThat(cluster())
        .containsEntry("execution.checkpointing.mode", "EXACTLY_ONCE")
        .containsEntry("execution.checkpointing.incremental", "true")
        .containsEntry("state.backend.type", "rocksdb")
        .containsEntry("pipeline.generic-types", "false")
        .containsEntry("pipeline.auto-generate-uids", "false");
  }

  private static Map<String, String> cluster() {
    return GlobalConfiguration.loadConfiguration("flink-conf").toMap();
  }
}
