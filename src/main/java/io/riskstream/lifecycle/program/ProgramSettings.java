package io.riskstream.lifecycle.program;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How a program is run.
 *
 * @param arguments of its main, such as {@code pipeline --config FILE}
 * @param parallelism 0 for that of its configuration, or else the cluster's
 * @param cluster settings of the cluster
 */
public record ProgramSettings(
    List<String> arguments, int parallelism, Map<String, String> cluster) {
  private static final String DEFAULT_PARALLELISM = "parallelism.default";

  /** What a job takes over of the cluster's settings; the others are for its processes. */
  private static final List<String> OF_JOBS =
      List.of(
          "classloader.", "execution.", "parallelism.", "pipeline.", "restart-strategy", "state.");

  public ProgramSettings {
    arguments = List.copyOf(arguments);
    cluster = Map.copyOf(cluster);
  }

  /** Returns the settings of the cluster that are defaults of its jobs. */
  Map<String, String> flink() {
    var settings = new HashMap<String, String>();
    cluster.forEach(
        (key, value) -> {
          if (OF_JOBS.stream().anyMatch(key::startsWith)) {
            settings.put(key, value);
          }
        });
    return settings;
  }

  /** Returns the arguments, by which the parallelism wins over a configuration's. */
  List<String> allArguments() {
    if (parallelism == 0) {
      return arguments;
    }
    var all = new ArrayList<>(arguments);
    all.add("-Dflink." + DEFAULT_PARALLELISM + "=" + parallelism);
    return all;
  }

  int parallelismOrDefault() {
    return parallelism > 0
        ? parallelism
        : Integer.parseInt(cluster.getOrDefault(DEFAULT_PARALLELISM, "1"));
  }
}
