package io.riskstream.pipeline.law;

import java.util.List;
import org.apache.flink.api.common.JobID;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.MemorySize;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.configuration.TaskManagerOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.runtime.testutils.CommonTestUtils;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.test.util.MiniClusterPipelineExecutorServiceLoader;

/** One small cluster for many cases, since starting one takes longer than a case. */
final class LawCluster implements AutoCloseable {
  private static final int SLOTS = 8;

  private final MiniCluster cluster;

  LawCluster() throws Exception {
    var settings = new Configuration();
    settings.set(RestOptions.BIND_PORT, "0");
    settings.set(TaskManagerOptions.MANAGED_MEMORY_SIZE, MemorySize.ofMebiBytes(32));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MIN, MemorySize.ofMebiBytes(256));
    settings.set(TaskManagerOptions.NETWORK_MEMORY_MAX, MemorySize.ofMebiBytes(256));
    cluster =
        new MiniCluster(
            new MiniClusterConfiguration.Builder()
                .setConfiguration(settings)
                .setNumTaskManagers(1)
                .setNumSlotsPerTaskManager(SLOTS)
                .build());
    cluster.start();
  }

  /** Returns a fresh environment that executes on the cluster. */
  StreamExecutionEnvironment environment() {
    return new StreamExecutionEnvironment(
        new MiniClusterPipelineExecutorServiceLoader(cluster),
        MiniClusterPipelineExecutorServiceLoader.updateConfigurationForMiniCluster(
            new Configuration(), List.of(), List.of()),
        null);
  }

  /** Waits until every task of the job runs, as the cluster sees it. */
  void awaitRunning(JobID job) throws Exception {
    CommonTestUtils.waitForAllTaskRunning(cluster, job, false);
  }

  @Override
  public void close() throws Exception {
    cluster.close();
  }
}
