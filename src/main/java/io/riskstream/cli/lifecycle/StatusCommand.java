package io.riskstream.cli.lifecycle;

import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import io.riskstream.cli.option.DurationConverter;
import io.riskstream.lifecycle.cluster.CheckpointReport;
import io.riskstream.lifecycle.cluster.JobReport;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.cluster.NoAnswerException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says how the job is: passes if all of it runs and its last checkpoint is young. */
@Command(
    name = "status",
    description = {
      "Shows how the job is. Passes if every task runs and the last checkpoint is young;",
      "inconclusive if the cluster does not answer."
    })
final class StatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ClusterOptions cluster;

  @Parameters(
      arity = "0..1",
      paramLabel = "JOB",
      description = "Id or name (the only one that runs).")
  private String job;

  @Option(
      names = "--checkpoint-age",
      paramLabel = "TIME",
      defaultValue = "1min",
      converter = DurationConverter.class,
      description = "Oldest that the last checkpoint may be (${DEFAULT-VALUE}).")
  private Duration checkpointAge;

  @Override
  public Integer call() throws Exception {
    var out = spec.commandLine().getOut();
    var verdict = verdict(out);
    out.println(verdict);
    out.flush();
    return verdict.outcome().exitStatus();
  }

  private Verdict verdict(PrintWriter out) throws Exception {
    try {
      var lifecycle = cluster.lifecycle(out);
      var unfinished = lifecycle.unfinished();
      unfinished.ifPresent(left -> out.println("note: " + left.text()));
      var report = lifecycle.status(job);
      print(report, out);
      return judge(report, checkpointAge);
    } catch (NoAnswerException silent) {
      out.println(silent.getMessage());
      return new Verdict(Outcome.INCONCLUSIVE).with("state", "unknown");
    } catch (LifecycleException none) {
      out.println(none.getMessage());
      return new Verdict(Outcome.FAIL).with("state", "none");
    }
  }

  private void print(JobReport report, PrintWriter out) throws Exception {
    line(out, "job", report.id() + " " + report.name());
    line(out, "web", cluster.cluster().page(report.id()));
    line(
        out,
        "state",
        "%s, %d of %d tasks run".formatted(report.state(), report.runningTasks(), report.tasks()));
    line(out, "version", report.version());
    line(out, "parallelism", report.parallelism() + " of at most " + report.maxParallelism());
    line(out, "up for", text(report.nowMillis() - report.startMillis()));
    line(out, "restarts", Long.toString(report.restarts()));
    report.failure().ifPresent(failure -> line(out, "last failure", failure));
    line(
        out,
        "checkpoint",
        report
            .checkpoint()
            .map(
                last ->
                    "%d, %s old, %,d bytes, took %s, %s"
                        .formatted(
                            last.id(),
                            text(report.nowMillis() - last.completedMillis()),
                            last.bytes(),
                            text(last.duration().toMillis()),
                            last.path()))
            .orElse("none yet"));
    report.savepoint().map(CheckpointReport::path).ifPresent(path -> line(out, "savepoint", path));
    var watermark = cluster.cluster().watermark(report.id());
    if (watermark.isPresent()) {
      line(
          out, "watermark", text(report.nowMillis() - watermark.getAsLong()) + " behind the clock");
    }
  }

  /** Decides what is well. */
  static Verdict judge(JobReport report, Duration checkpointAge) {
    var age =
        report.checkpoint().map(last -> report.nowMillis() - last.completedMillis()).orElse(null);
    var isWell = report.isWholeRunning() && age != null && age <= checkpointAge.toMillis();
    var verdict =
        new Verdict(isWell ? Outcome.PASS : Outcome.FAIL)
            .with("job", report.id())
            .with("state", report.state())
            .with("tasks", report.runningTasks() + "/" + report.tasks())
            .with("restarts", report.restarts());
    return age == null
        ? verdict.with("checkpoint", "none")
        : verdict.with("checkpoint_age_s", "%.1f".formatted(age / 1000.0));
  }

  private static void line(PrintWriter out, String name, String value) {
    out.printf("%-12s %s%n", name, value);
  }

  private static String text(long millis) {
    var seconds = millis / 1000;
    if (seconds < 100) {
      return "%.1f s".formatted(millis / 1000.0);
    }
    return seconds < 7200 ? seconds / 60 + " min" : seconds / 3600 + " h";
  }
}
