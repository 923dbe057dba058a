package io.riskstream.chaos.job;

import io.riskstream.chaos.watch.FlinkRest;
import java.io.IOException;
import java.util.Locale;

/**
 * What a TaskManager's JVM holds, as Flink's REST interface says it.
 *
 * @param classes loaded and not unloaded
 * @param metaspaceBytes used by them
 */
record JvmFigures(long threads, long classes, long metaspaceBytes) {
  private static final String THREADS = "Status.JVM.Threads.Count";
  private static final String LOADED = "Status.JVM.ClassLoader.ClassesLoaded";
  private static final String UNLOADED = "Status.JVM.ClassLoader.ClassesUnloaded";
  private static final String METASPACE = "Status.JVM.Memory.Metaspace.Used";

  /** Returns those of the TaskManager that holds the most classes. */
  static JvmFigures greatest(FlinkRest rest) throws IOException, InterruptedException {
    var greatest = new JvmFigures(0, 0, 0);
    for (var taskManager : rest.get("/taskmanagers").path("taskmanagers")) {
      var id = taskManager.path("id").asText();
      var found = of(rest, id);
      greatest =
          new JvmFigures(
              Math.max(greatest.threads, found.threads),
              Math.max(greatest.classes, found.classes),
              Math.max(greatest.metaspaceBytes, found.metaspaceBytes));
    }
    return greatest;
  }

  private static JvmFigures of(FlinkRest rest, String taskManager)
      throws IOException, InterruptedException {
    var path =
        "/taskmanagers/%s/metrics?get=%s,%s,%s,%s"
            .formatted(taskManager, THREADS, LOADED, UNLOADED, METASPACE);
    var threads = 0L;
    var classes = 0L;
    var metaspace = 0L;
    for (var metric : rest.get(path)) {
      var value = Math.round(metric.path("value").asDouble());
      switch (metric.path("id").asText()) {
        case THREADS -> threads = value;
        case LOADED -> classes += value;
        case UNLOADED -> classes -= value;
        case METASPACE -> metaspace = value;
        default -> throw new IOException("a metric that was not asked for: " + metric);
      }
    }
    return new JvmFigures(threads, classes, metaspace);
  }

  /** Returns the figures for people. */
  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d threads, %,d classes, %.0f MiB of metaspace",
        threads,
        classes,
        metaspaceBytes / 1048576.0);
  }
}
