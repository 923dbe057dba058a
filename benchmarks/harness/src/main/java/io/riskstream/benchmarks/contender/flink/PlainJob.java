package io.riskstream.benchmarks.contender.flink;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.ContenderRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Starts a job of a module of this project. */
final class PlainJob {
  /** Flink's own default: riskstream's shipped configuration gives up throughput for latency. */
  private static final Map<String, String> SETTINGS =
      Map.of("execution.buffer-timeout.interval", "100 ms");

  /** How the job's results are compared once it has been drained. */
  @FunctionalInterface
  interface Judge {
    Judgement judge(JobRest rest, String job, CommonPart must) throws Exception;
  }

  private PlainJob() {}

  /**
   * Starts one that does the common part, which is judged by what it has written.
   *
   * @param further settings of the cluster
   */
  static ContenderRun startWriting(
      Assignment assignment, Map<String, String> further, Path jar, String mainClass)
      throws Exception {
    var output = List.of("--output", assignment.output());
    return start(
        assignment, further, jar, mainClass, output, (rest, job, must) -> judge(assignment, must));
  }

  /** A drained job has committed everything. */
  private static Judgement judge(Assignment assignment, CommonPart must) {
    try (var results = assignment.results()) {
      return must.judge(results.readOn());
    }
  }

  /**
   * Starts it.
   *
   * @param further settings of the cluster
   * @param own arguments of the job, beside those that say what it reads
   */
  static ContenderRun start(
      Assignment assignment,
      Map<String, String> further,
      Path jar,
      String mainClass,
      List<String> own,
      Judge judge)
      throws Exception {
    var settings = new HashMap<>(SETTINGS);
    settings.putAll(further);
    var arguments =
        new ArrayList<>(
            List.of(
                "--bootstrap-servers",
                assignment.broker().bootstrapServers(),
                "--input",
                assignment.input().name(),
                "--group",
                assignment.id()));
    arguments.addAll(own);
    var session = Session.start(assignment, settings);
    try {
      var rest = new JobRest(session.restAddress());
      var job = rest.run(jar, mainClass, arguments);
      return new RunningJob(assignment, session, job, must -> judge.judge(rest, job, must));
    } catch (IOException | InterruptedException | RuntimeException failed) {
      session.close();
      throw failed;
    }
  }
}
