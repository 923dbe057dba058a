package io.riskstream.cluster;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a local cluster is to be started.
 *
 * @param home the checkout or distribution whose flink-conf it starts from
 * @param folder of everything that it writes: configuration, logs, checkpoints, metadata; made if
 *     absent. What an earlier cluster left there is gone on with.
 * @param taskManagers at least one
 * @param slots of each TaskManager
 * @param restPort of web UI and REST interface; 0 for a free one
 * @param overrides Flink's keys; they win over what this package sets and over the shipped file
 * @param attached whether its processes end with this JVM, however that ends
 */
public record ClusterSettings(
    Path home,
    Path folder,
    int taskManagers,
    int slots,
    int restPort,
    Map<String, String> overrides,
    boolean attached) {
  /**
   * Options of a JVM that lives for a minute or two, in which the second compiler takes more than
   * it gives. Without it the JVM would have 48 MB for compiled code, and compile nothing more once
   * they are full.
   */
  public static final String FIRST_COMPILER_ONLY =
      "-XX:TieredStopAtLevel=1 -XX:ReservedCodeCacheSize=240m";

  private static final int MOST_TASK_MANAGERS = 16;
  private static final int MOST_SLOTS = 64;

  public ClusterSettings {
    folder = folder.toAbsolutePath().normalize();
    overrides = Map.copyOf(overrides);
    require(
        taskManagers >= 1 && taskManagers <= MOST_TASK_MANAGERS,
        "a local cluster has 1 to " + MOST_TASK_MANAGERS + " TaskManagers, not " + taskManagers);
    require(
        slots >= 1 && slots <= MOST_SLOTS,
        "a TaskManager has 1 to " + MOST_SLOTS + " slots, not " + slots);
    require(restPort >= 0 && restPort <= 65_535, "a port is 0 to 65535, not " + restPort);
  }

  /** Returns those of a cluster that ends with this JVM: two TaskManagers of two slots each. */
  public static ClusterSettings attached(Path folder) {
    return new ClusterSettings(Installation.home(), folder, 2, 2, 0, Map.of(), true);
  }

  /** Returns those of a cluster that outlives this JVM. */
  public static ClusterSettings detached(Path folder) {
    return new ClusterSettings(Installation.home(), folder, 2, 2, 0, Map.of(), false);
  }

  /** Returns those of a cluster that starts from another version's flink-conf. */
  public ClusterSettings withHome(Path other) {
    return new ClusterSettings(other, folder, taskManagers, slots, restPort, overrides, attached);
  }

  public ClusterSettings withTaskManagers(int count, int slotsOfEach) {
    return new ClusterSettings(home, folder, count, slotsOfEach, restPort, overrides, attached);
  }

  public ClusterSettings withRestPort(int port) {
    return new ClusterSettings(home, folder, taskManagers, slots, port, overrides, attached);
  }

  /** Adds to the overrides. */
  public ClusterSettings with(Map<String, String> more) {
    var all = new LinkedHashMap<>(overrides);
    all.putAll(more);
    return new ClusterSettings(home, folder, taskManagers, slots, restPort, all, attached);
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem);
    }
  }
}
