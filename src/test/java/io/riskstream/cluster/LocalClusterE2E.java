package io.riskstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A local cluster of separate processes: it starts once, is found again, and is gone in the end.
 */
@Timeout(120)
class LocalClusterE2E {
  @TempDir Path folder;

  @Test
  void startsOnceIsFoundAndEnds() throws Exception {
    var settings =
        ClusterSettings.attached(folder)
            .withTaskManagers(1, 1)
            .with(Map.of("env.java.opts.taskmanager", "-XX:TieredStopAtLevel=1"));
    try (var cluster = LocalCluster.start(settings)) {
      assertThat(cluster.taskManagers()).hasSize(1);
      assertThatThrownBy(() -> LocalCluster.start(settings))
          .hasMessageContaining(cluster.restAddress());
      cluster.taskManagers().get(0).kill();
      assertThat(cluster.startTaskManager().name()).isEqualTo("taskmanager-1");
    }
    assertThat(LocalCluster.find(folder)).isEmpty();
  }
}
