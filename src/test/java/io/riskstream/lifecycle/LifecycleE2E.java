package io.riskstream.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.chaos.mutant.PatchedJar;
import io.riskstream.chaos.mutant.Patches;
import io.riskstream.cluster.ClusterSettings;
import io.riskstream.cluster.FlinkJars;
import io.riskstream.cluster.JobJarFile;
import io.riskstream.cluster.LocalCluster;
import io.riskstream.lifecycle.cluster.FlinkCluster;
import io.riskstream.lifecycle.program.JobJar;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.server.EmbeddedRedis;
import io.riskstream.testkit.running.JobUnderLoad;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The life of the job on a cluster of separate processes, under load from its submission to its
 * drained stop: whatever is done to it, each record is there once.
 */
@Timeout(480)
class LifecycleE2E {
  private static final int RATE = 500;
  private static final int COUNT = 20_000;
  private static final Map<String, String> QUICK =
      Map.of(
          "env.java.opts.jobmanager", ClusterSettings.FIRST_COMPILER_ONLY,
          "env.java.opts.taskmanager", ClusterSettings.FIRST_COMPILER_ONLY,
          "restart-strategy.exponential-delay.initial-backoff", "500 ms");

  @TempDir Path folder;

  @Test
  void whateverIsDoneToTheJobEachRecordIsThereOnce() throws Exception {
    try (var kafka = new EmbeddedKafka(folder.resolve("kafka"), 0);
        var redis = EmbeddedRedis.start(0)) {
      var underLoad = new JobUnderLoad(folder, kafka, redis);
      var flink = FlinkJars.find();
      var jar = JobJarFile.find();
      var broken = broken(jar, flink);
      try (var cluster =
          LocalCluster.start(
              ClusterSettings.attached(folder.resolve("flink"))
                  .withTaskManagers(1, 2)
                  .with(QUICK))) {
        var load = underLoad.send(RATE, COUNT);
        var job =
            live(cluster, underLoad.file(), new JobJar(jar, flink), new JobJar(broken, flink));
        assertThat(load.get(2, TimeUnit.MINUTES).isComplete()).isTrue();
        underLoad.awaitTaken();
        var lifecycle = lifecycle(cluster);
        assertThat(lifecycle.stop(job, true)).contains("savepoint-");
        assertThat(lifecycle.status(job).state().hasEnded()).isTrue();
      }
      underLoad.assertExact();
    }
  }

  private String live(LocalCluster cluster, String file, JobJar jar, JobJar broken)
      throws Exception {
    var lifecycle = lifecycle(cluster);
    var arguments = List.of("pipeline", "--config", file);
    var first = lifecycle.submit(jar, arguments, null, 2);
    assertThat(lifecycle.status(null).id()).isEqualTo(first);
    assertThat(lifecycle.status(null).parallelism()).isEqualTo(2);
    assertThatThrownBy(() -> lifecycle.submit(jar, arguments, null, 1))
        .hasMessageContainingAll(first, "already", "upgrade");
    assertThatThrownBy(() -> lifecycle.rescale(null, 3, jar.flinkJars()))
        .hasMessageContaining("TaskManagers");

    var rescaled = lifecycle.rescale(null, 1, jar.flinkJars());
    assertThat(rescaled.returned()).isEmpty();
    assertThat(lifecycle.status(rescaled.job()).parallelism()).isEqualTo(1);
    assertThat(rescaled.downtime()).isPositive().isLessThanOrEqualTo(rescaled.untilCheckpoint());

    var upgraded = lifecycle.upgrade(null, UpgradeTarget.of(broken));
    assertThat(upgraded.returned()).get().asString().contains("this version is broken");
    assertThat(lifecycle.status(null).id()).isEqualTo(upgraded.job()).isNotEqualTo(rescaled.job());
    assertThat(lifecycle.unfinished()).isEmpty();
    return upgraded.job();
  }

  private Lifecycle lifecycle(LocalCluster cluster) throws Exception {
    return new Lifecycle(
        FlinkCluster.at(cluster.restAddress()),
        folder.resolve("deployments"),
        Duration.ofSeconds(90),
        line -> System.out.println(line));
  }

  private Path broken(Path jar, List<Path> flink) throws Exception {
    return PatchedJar.make(
        Patches.version("broken-at-start"),
        Path.of("").toAbsolutePath(),
        jar,
        flink,
        folder.resolve("broken.jar"));
  }
}
