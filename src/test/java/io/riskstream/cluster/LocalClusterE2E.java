package io.riskstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A local cluster of separate processes, without a job: it starts whole or not at all. */
@Timeout(240)
class LocalClusterE2E {
  private static final Map<String, String> QUICK =
      Map.of(
          "env.java.opts.taskmanager", ClusterSettings.FIRST_COMPILER_ONLY,
          "env.java.opts.jobmanager", ClusterSettings.FIRST_COMPILER_ONLY);

  @TempDir Path folder;

  @Test
  void startsOnceTakesTheDeadBackAndEndsWhole() throws Exception {
    var settings = ClusterSettings.attached(folder).withTaskManagers(1, 3).with(QUICK);
    try (var cluster = LocalCluster.start(settings)) {
      var status = cluster.status();
      assertThat(status.isWhole()).isTrue();
      assertThat(status.slots()).contains(new ClusterStatus.Slots(3, 3, 3));
      assertThat(status.members())
          .extracting(ClusterMember::name)
          .containsExactly("jobmanager", "taskmanager-1", "zookeeper");
      assertThat(cluster.jobManager().metricsPort()).isPresent();
      assertThat(cluster.taskManagers().get(0).metricsPort()).isPresent();
      assertThatThrownBy(() -> LocalCluster.start(settings))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("already: http://" + cluster.restAddress());

      var found = LocalCluster.find(folder).orElseThrow();
      var killed = found.taskManagers().get(0);
      killed.kill();
      assertThat(killed.isAlive()).isFalse();
      assertThat(found.status().isWhole()).isFalse();

      var successor = cluster.startTaskManager();
      assertThat(successor.name()).isEqualTo(killed.name());
      assertThat(successor.pid()).isNotEqualTo(killed.pid());
    }
    assertThat(LocalCluster.find(folder)).isEmpty();
    assertThat(LocalCluster.diedIn(folder)).isFalse();
  }

  @Test
  void ofAStartThatFailsNothingIsLeft() throws Exception {
    var settings =
        ClusterSettings.attached(folder)
            .with(Map.of("env.java.opts.taskmanager", "-XX:NoSuchOptionOfAnyJvm"));
    assertThatThrownBy(() -> LocalCluster.start(settings))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("taskmanager-")
        .hasMessageContaining("NoSuchOptionOfAnyJvm");
    assertThat(LocalCluster.find(folder)).isEmpty();
    assertThat(LocalCluster.diedIn(folder)).isFalse();
  }
}
