package io.riskstream.cli.cluster;

import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import io.riskstream.cluster.ClusterMember;
import io.riskstream.cluster.ClusterStatus;
import io.riskstream.cluster.LocalCluster;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code riskstream cluster status}: which processes run, which slots are free, what jobs do. */
@Command(
    name = "status",
    description = {
      "Shows processes, slots and jobs of the cluster.",
      "Exits with 0 if every process and slot is there, with 1 if one is missing, with 2 if no"
          + " cluster runs."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ClusterStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FolderOption folder;

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    var found = LocalCluster.find(folder.path());
    var verdict = found.isPresent() ? show(found.get(), out) : absent(out);
    out.println(verdict);
    return verdict.outcome().exitStatus();
  }

  private Verdict absent(PrintWriter out) throws IOException {
    if (LocalCluster.diedIn(folder.path())) {
      out.println(
          "every process of the cluster in "
              + folder.path()
              + " has ended without a stop;"
              + " bin/riskstream cluster start goes on with its jobs");
      return new Verdict(Outcome.INCONCLUSIVE).with("reason", "cluster-died");
    }
    out.println("no cluster runs in " + folder.path());
    return new Verdict(Outcome.INCONCLUSIVE).with("reason", "no-cluster");
  }

  private static Verdict show(LocalCluster cluster, PrintWriter out) throws IOException {
    var status = cluster.status();
    out.printf("%-16s %-8s %-10s %-8s %s%n", "PROCESS", "PID", "UP", "METRICS", "LOG");
    for (var member : status.members()) {
      var metrics = member.metricsPort();
      out.printf(
          "%-16s %-8d %-10s %-8s %s%n",
          member.name(),
          member.pid(),
          up(member),
          member.isAlive() && metrics.isPresent() ? ":" + metrics.getAsInt() : "-",
          member.log());
    }
    out.println();
    if (status.hasDeadMembers()) {
      out.println("bin/riskstream cluster start starts again what has ended");
    }
    printSlotsAndJobs(status, cluster, out);
    return verdict(status);
  }

  private static void printSlotsAndJobs(
      ClusterStatus status, LocalCluster cluster, PrintWriter out) {
    if (status.slots().isEmpty()) {
      out.println("the JobManager does not answer at http://" + cluster.restAddress());
      return;
    }
    var slots = status.slots().get();
    out.printf(
        "slots: %d free of %d, http://%s%n", slots.free(), slots.total(), cluster.restAddress());
    for (var job : status.jobs()) {
      out.printf(
          "job: %s  %-10s since %s  %s%n",
          job.id(), job.state(), Instant.ofEpochMilli(job.startedMillis()), job.name());
    }
  }

  private static Verdict verdict(ClusterStatus status) {
    var alive = status.members().stream().filter(ClusterMember::isAlive).count();
    var verdict =
        new Verdict(status.isWhole() ? Outcome.PASS : Outcome.FAIL)
            .with("processes", alive)
            .with("of", status.members().size());
    status
        .slots()
        .ifPresent(
            slots ->
                verdict
                    .with("slots", slots.total())
                    .with("of-slots", slots.expected())
                    .with("jobs", status.jobsUnderWay().size()));
    return verdict;
  }

  private static String up(ClusterMember member) {
    return member
        .since()
        .map(since -> Duration.between(since, Instant.now()).toSeconds())
        .map(seconds -> "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60))
        .orElse("ended");
  }
}
