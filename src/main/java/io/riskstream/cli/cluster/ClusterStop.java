package io.riskstream.cli.cluster;

import io.riskstream.cluster.ClusterStatus;
import io.riskstream.cluster.LocalCluster;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code riskstream cluster stop}: returns when every process is gone. */
@Command(
    name = "stop",
    description = "Ends the cluster, unless a job runs on it that was not stopped.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class ClusterStop implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private FolderOption folder;

  @Option(
      names = "--abandon",
      description =
          "Ends it also under running jobs. They keep their last checkpoint, and go on from it when"
              + " the cluster is started again in the same folder.")
  private boolean abandon;

  @Override
  public Integer call() throws IOException {
    var out = spec.commandLine().getOut();
    var found = LocalCluster.find(folder.path());
    if (found.isEmpty()) {
      out.println("no cluster runs in " + folder.path());
      return 0;
    }
    var cluster = found.get();
    if (!abandon) {
      refuseIfInUse(cluster.status(), cluster.restAddress());
    }
    cluster.stop();
    out.println("the cluster in " + folder.path() + " has ended");
    return 0;
  }

  private static void refuseIfInUse(ClusterStatus status, String address) throws IOException {
    if (status.slots().isEmpty()) {
      throw new IOException(
          "the JobManager does not answer, so that it is not known which jobs run; --abandon ends"
              + " the cluster all the same, and its jobs go on when it is started again");
    }
    var jobs = status.jobsUnderWay();
    if (!jobs.isEmpty()) {
      throw new IOException(
          jobs.stream()
                  .map(job -> job.id() + " (" + job.name() + ", " + job.state() + ")")
                  .collect(Collectors.joining(", ", "still under way: ", "\n"))
              + "  stop a job with a savepoint: bin/riskstream stop --jobmanager "
              + address
              + " JOB\n"
              + "  or go on with --abandon: jobs then keep their last checkpoint, and go on from it"
              + " when the cluster is started again in the same folder");
    }
  }
}
