package io.riskstream.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.cluster.ClusterSettings;
import io.riskstream.cluster.JobJarFile;
import io.riskstream.cluster.LocalCluster;
import io.riskstream.pipeline.PipelineJob;
import io.riskstream.server.EmbeddedKafka;
import io.riskstream.server.EmbeddedRedis;
import io.riskstream.testkit.running.JobUnderLoad;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The job jar on a session cluster of separate processes, from submission to drained stop: the
 * JobManager is killed, and the whole cluster is stopped under the job and started again.
 */
@Timeout(480)
class SessionClusterE2E {
  private static final int RATE = 2_000;
  private static final int COUNT = 10_000;

  @TempDir Path folder;

  @Test
  void theJobJarRunsExactlyOnceThoughItsClusterEndsTwice() throws Exception {
    try (var kafka = new EmbeddedKafka(folder.resolve("kafka"), 0);
        var redis = EmbeddedRedis.start(0)) {
      var underLoad = new JobUnderLoad(folder, kafka, redis);
      var settings = settings();
      try (var cluster = LocalCluster.start(settings)) {
        var flink = new FlinkClient(cluster);
        var job = flink.run(JobJarFile.find(), "pipeline", "--config", underLoad.file());
        var load = underLoad.send(RATE, COUNT);
        flink.awaitCheckpoint(job);

        cluster.jobManager().kill();
        cluster.startJobManager();
        flink.awaitGoesOn(job);

        assertThat(load.join().isComplete()).isTrue();
        assertTheJarRanWithoutKryo(Files.readAllLines(classLog()));
        cluster.stop();
        try (var next = LocalCluster.start(settings)) {
          var nextFlink = new FlinkClient(next);
          nextFlink.awaitGoesOn(job);
          underLoad.awaitTaken();
          nextFlink.drain(job);
        }
      }
      var figures = underLoad.assertExact();
      for (var kind : List.of("accepted", "duplicate", "late", "dead_lettered", "alerts")) {
        assertThat(((Number) figures.get(kind)).longValue()).as(kind).isPositive();
      }
    }
  }

  private ClusterSettings settings() {
    var quick = ClusterSettings.FIRST_COMPILER_ONLY;
    return ClusterSettings.attached(folder.resolve("cluster"))
        .withTaskManagers(1, 2)
        .with(
            Map.of(
                "env.java.opts.jobmanager",
                quick,
                "env.java.opts.taskmanager",
                quick + " -Xlog:class+load=info,class+init=info:file=" + classLog(),
                "high-availability.zookeeper.client.session-timeout",
                "3 s"));
  }

  private Path classLog() {
    return folder.resolve("taskmanager.classes");
  }

  /**
   * The JVM logs each class as it loads it, and as it initializes it, which comes before its first
   * object: no serializer of Kryo was ever made.
   */
  private static void assertTheJarRanWithoutKryo(List<String> log) {
    var ours = log.stream().filter(line -> line.contains("] io.riskstream.")).toList();
    assertThat(ours)
        .anyMatch(line -> line.contains(PipelineJob.class.getPackageName() + ".UserRiskFunction "))
        .filteredOn(line -> !line.contains("$$Lambda"))
        .allMatch(line -> line.contains("/blob_p-"), "comes from the jar that was submitted");

    var initialized = log.stream().filter(line -> line.contains(" Initializing '")).toList();
    assertThat(initialized).anyMatch(line -> line.contains("/UserRiskFunction'"));
    assertThat(initialized.stream().filter(line -> line.contains("/KryoSerializer"))).isEmpty();
    assertThat(initialized.stream().filter(line -> line.contains("esotericsoftware"))).isEmpty();
  }
}
