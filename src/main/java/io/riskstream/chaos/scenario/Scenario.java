package io.riskstream.chaos.scenario;

import io.riskstream.load.event.LoadFormat;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * One rehearsal of a fault: load, cluster, and what is done to them when.
 *
 * @param name of its file
 * @param title a sentence for people
 * @param job settings of the job beside those that every scenario has
 * @param parallelism of the job
 * @param limit longest that it may take from the first process to the verification's end
 * @param steps in order of time
 */
public record Scenario(
    String name,
    String title,
    Traffic traffic,
    Cluster cluster,
    Map<String, String> job,
    int parallelism,
    Duration limit,
    List<Step> steps) {
  public Scenario {
    job = Map.copyOf(job);
    steps = List.copyOf(steps);
  }

  /**
   * The cluster that the job runs on.
   *
   * @param settings Flink's, beside those that every scenario has
   */
  public record Cluster(int taskManagers, int slots, Map<String, String> settings) {
    public Cluster {
      settings = Map.copyOf(settings);
    }
  }

  /** Returns whether a schema registry is needed. */
  public boolean needsRegistry() {
    return traffic.format() != LoadFormat.JSON;
  }
}
