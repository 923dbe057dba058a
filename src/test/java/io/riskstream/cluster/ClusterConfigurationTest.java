package io.riskstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClusterConfigurationTest {
  @TempDir Path folder;
  private ClusterFolder cluster;

  @BeforeEach
  void create() throws IOException {
    cluster = new ClusterFolder(folder.resolve("cluster"));
    cluster.create();
  }

  @Test
  void isThatOfTheGivenVersionAndNothingOfThisOne() throws IOException {
    var other = Files.createDirectories(folder.resolve("other/flink-conf"));
    Files.writeString(other.resolve("config.yaml"), "state.backend.type: hashmap\n");
    Files.writeString(other.resolve("log4j2.properties"), "status = warn\n");

    var found =
        ClusterConfiguration.create(settings().withHome(folder.resolve("other")), cluster).toMap();

    assertThat(found)
        .containsEntry("state.backend.type", "hashmap")
        .doesNotContainKey("execution.checkpointing.mode");
    assertThat(ClusterConfiguration.read(cluster).toMap()).isEqualTo(found);
    assertThat(cluster.configuration().resolve("log4j2.properties")).hasContent("status = warn");
  }

  @Test
  void overridesWinOverTheShippedFile() throws IOException {
    var found =
        ClusterConfiguration.create(
                settings().with(Map.of("state.backend.type", "hashmap")), cluster)
            .toMap();

    assertThat(found)
        .containsEntry("state.backend.type", "hashmap")
        .containsEntry("execution.checkpointing.mode", "EXACTLY_ONCE");
  }

  @Test
  void saysWhichFileIsNotThere() {
    assertThatThrownBy(
            () -> ClusterConfiguration.create(settings().withHome(folder.resolve("no")), cluster))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(folder.resolve("no/flink-conf/config.yaml").toString());
  }

  private ClusterSettings settings() {
    return ClusterSettings.attached(cluster.root());
  }
}
