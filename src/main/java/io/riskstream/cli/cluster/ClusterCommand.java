package io.riskstream.cli.cluster;

import picocli.CommandLine.Command;

/** {@code riskstream cluster}: a Flink session cluster of separate processes on this computer. */
@Command(
    name = "cluster",
    description = {
      "A real Flink session cluster on this computer: JobManager, TaskManagers and ZooKeeper, each a"
          + " process of its own.",
      "What runs on it survives the end of any of them, and of the cluster."
    },
    subcommands = {ClusterStart.class, ClusterStop.class, ClusterStatusCommand.class})
public final class ClusterCommand {
  private ClusterCommand() {}
}
