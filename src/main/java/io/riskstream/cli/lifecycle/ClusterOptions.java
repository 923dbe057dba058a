package io.riskstream.cli.lifecycle;

import io.riskstream.cli.ending.StopSignals;
import io.riskstream.cli.option.ConfigOptionsMixin;
import io.riskstream.cli.option.DurationConverter;
import io.riskstream.lifecycle.Lifecycle;
import io.riskstream.lifecycle.cluster.FlinkCluster;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.cluster.Progress;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Option;

/** Which cluster is meant, and how long to wait for it. */
final class ClusterOptions {
  private static final String RECORD = "deployments";

  @Option(
      names = "--jobmanager",
      paramLabel = "HOST:PORT",
      defaultValue = "localhost:8081",
      description = "The cluster: where its web interface answers (${DEFAULT-VALUE}).")
  private String jobManager;

  @Option(
      names = "--timeout",
      paramLabel = "TIME",
      defaultValue = "5min",
      converter = DurationConverter.class,
      description = "Longest that each step may take (${DEFAULT-VALUE}).")
  private Duration timeout;

  @Option(
      names = "--deployments",
      paramLabel = "DIR",
      description = {
        "The record of what was deployed: jars, arguments, savepoints.",
        "Default: deployments of the installation."
      })
  private Path deployments;

  FlinkCluster cluster() throws LifecycleException {
    return FlinkCluster.at(jobManager);
  }

  /**
   * Returns it with its progress on the screen; Ctrl-C ends the waiting, and says how things are.
   */
  Lifecycle lifecycle(PrintWriter out) throws LifecycleException {
    return new Lifecycle(cluster(), record(), timeout, new Screen(out));
  }

  private Path record() {
    return deployments != null
        ? deployments
        : Path.of(System.getProperty(ConfigOptionsMixin.HOME, ""), RECORD).toAbsolutePath();
  }

  private static final class Screen implements Progress {
    private final PrintWriter out;
    private final AtomicBoolean stop = new AtomicBoolean();

    Screen(PrintWriter out) {
      this.out = out;
      StopSignals.onStop(() -> stop.set(true));
    }

    @Override
    public void line(String text) {
      out.println(text);
      out.flush();
    }

    @Override
    public boolean isStopRequested() {
      return stop.get();
    }
  }
}
