package io.riskstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** S3 as a plugin of Flink's: asked for by an address alone, and named where it is not there. */
class FlinkPluginsTest {
  private static final String HOME = "riskstream.home";
  private static final Configuration ON_DISK = with("file:///data/checkpoints");
  private static final Configuration ON_S3 = with("s3://bucket/checkpoints");

  @TempDir Path home;

  @BeforeEach
  void install() {
    System.setProperty(HOME, home.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(HOME);
  }

  @Test
  void aClusterWithoutS3NeedsNone() throws Exception {
    assertThat(FlinkPlugins.environment(ON_DISK)).isEmpty();
  }

  @Test
  void thoseOfADistributionAreFound() throws Exception {
    var plugin = Files.createDirectories(home.resolve("plugins/s3-fs-hadoop"));
    Files.createFile(plugin.resolve("flink-s3-fs-hadoop-2.3.0.jar"));

    assertThat(FlinkPlugins.environment(ON_S3))
        .containsExactly(Map.entry("FLINK_PLUGINS_DIR", home.resolve("plugins").toString()));
  }

  @Test
  void whereItIsNotThereAndCannotBeFetchedItIsNamed() {
    assertThatThrownBy(() -> FlinkPlugins.environment(ON_S3))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("flink-s3-fs-hadoop-*.jar in " + home.resolve("plugins"));
  }

  private static Configuration with(String checkpoints) {
    return Configuration.fromMap(Map.of("execution.checkpointing.dir", checkpoints));
  }
}
