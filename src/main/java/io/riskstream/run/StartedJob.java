package io.riskstream.run;

import org.apache.flink.api.common.JobID;
import org.apache.flink.client.deployment.executors.LocalExecutor;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.DeploymentOptions;
import org.apache.flink.configuration.RestOptions;

/**
 * The job of a run and where it was started, as its folder keeps it for the next run.
 *
 * @param target Flink's execution.target; empty if it was not noted
 * @param cluster what tells it from others of that kind
 */
record StartedJob(JobID id, String target, String cluster) {
  static StartedJob of(JobID id, Configuration configuration) {
    var target = configuration.getOptional(DeploymentOptions.TARGET).orElse(LocalExecutor.NAME);
    return new StartedJob(id, target, cluster(target, configuration));
  }

  /** Returns what {@link #text} gave. */
  static StartedJob parse(String text) {
    var lines = text.split("\n", 3);
    return new StartedJob(
        JobID.fromHexString(lines[0].strip()),
        lines.length > 1 ? lines[1].strip() : "",
        lines.length > 2 ? lines[2].strip() : "");
  }

  String text() {
    return id.toHexString() + "\n" + target + "\n" + cluster + "\n";
  }

  /** Returns whether it ran in the process of its command, and so has died with it. */
  boolean isLocal() {
    return target.equals(LocalExecutor.NAME);
  }

  boolean isWhereItWasStartedKnown() {
    return !target.isEmpty();
  }

  /** Returns where it runs, for a message. */
  String place() {
    return target + (cluster.isEmpty() ? "" : " (" + cluster + ")");
  }

  private static String cluster(String target, Configuration configuration) {
    if (target.equals(LocalExecutor.NAME)) {
      return "";
    }
    var named = configuration.toMap();
    var id = named.getOrDefault("kubernetes.cluster-id", named.get("yarn.application.id"));
    return id != null
        ? id
        : configuration.getOptional(RestOptions.ADDRESS).orElse("")
            + ":"
            + configuration.get(RestOptions.PORT);
  }
}
