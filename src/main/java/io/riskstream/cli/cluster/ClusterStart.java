package io.riskstream.cli.cluster;

import io.riskstream.cluster.ClusterSettings;
import io.riskstream.cluster.ClusterStatus;
import io.riskstream.cluster.ClusterStatus.Job;
import io.riskstream.cluster.LocalCluster;
import io.riskstream.server.PortTakenException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code riskstream cluster start}: returns when the cluster takes jobs, and leaves it running. */
@Command(
    name = "start",
    description = {
      "Starts the cluster and leaves it running; returns when all of its slots are there.",
      "Where an earlier one was stopped with --abandon, or died, its jobs go on. Where processes of"
          + " one that runs have died, they are started again, as they were."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ClusterStart implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FolderOption folder;

  @Option(
      names = "--task-managers",
      paramLabel = "N",
      defaultValue = "2",
      description = "processes that run the tasks (${DEFAULT-VALUE})")
  private int taskManagers;

  @Option(
      names = "--slots",
      paramLabel = "N",
      defaultValue = "2",
      description = "of each TaskManager (${DEFAULT-VALUE})")
  private int slots;

  @Option(
      names = "--port",
      defaultValue = "8081",
      description = "of web UI and REST interface; 0 is a free one (${DEFAULT-VALUE})")
  private int port;

  @Option(
      names = "-D",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of flink-conf/config.yaml; may be repeated.")
  private Map<String, String> overrides = new LinkedHashMap<>();

  @Override
  public Integer call() throws IOException {
    var settings = settings();
    var running = LocalCluster.find(settings.folder());
    if (running.isPresent() && running.get().status().hasDeadMembers()) {
      startMissing(running.get());
    } else {
      start(settings);
    }
    return 0;
  }

  private void start(ClusterSettings settings) throws IOException {
    say("starting a cluster in " + settings.folder() + " …");
    try {
      print(LocalCluster.start(settings));
    } catch (PortTakenException taken) {
      throw new IOException(
          "port "
              + taken.port()
              + " is taken by another process; choose one with --port, or"
              + " --port 0 for a free one",
          taken);
    }
  }

  private void startMissing(LocalCluster cluster) throws IOException {
    say("starting again what has died of the cluster in " + cluster.folder() + " …");
    for (var member : cluster.startMissing()) {
      say("again    " + member);
    }
    print(cluster);
  }

  ClusterSettings settings() {
    try {
      return ClusterSettings.detached(folder.path())
          .withTaskManagers(taskManagers, slots)
          .withRestPort(port)
          .with(overrides);
    } catch (IllegalArgumentException wrong) {
      throw new ParameterException(spec.commandLine(), wrong.getMessage(), wrong);
    }
  }

  private void print(LocalCluster cluster) throws IOException {
    var out = spec.commandLine().getOut();
    var status = cluster.status();
    out.printf("web UI   http://%s%n", cluster.restAddress());
    status.slots().ifPresent(found -> out.printf("slots    %d%n", found.expected()));
    out.printf("metrics  %s (Prometheus)%n", metricsPorts(status));
    for (var job : status.jobsUnderWay()) {
      out.printf("goes on  %s%n", line(job));
    }
    out.printf("submit   bin/riskstream submit --jobmanager %s%n", cluster.restAddress());
    out.printf("end      bin/riskstream cluster stop%n");
  }

  private void say(String line) {
    var out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }

  /** Returns the ports in the order of the processes' names; a process may show none. */
  private static String metricsPorts(ClusterStatus status) throws IOException {
    var ports = new LinkedHashMap<String, Integer>();
    for (var member : status.members()) {
      member.metricsPort().ifPresent(found -> ports.put(member.name(), found));
    }
    return ports.isEmpty()
        ? "none"
        : ports.entrySet().stream()
            .map(entry -> entry.getKey() + " :" + entry.getValue())
            .collect(Collectors.joining(", "));
  }

  private static String line(Job job) {
    return job.id() + " " + job.state() + " " + job.name();
  }
}
