package io.riskstream.benchmarks.contender.flink;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.cluster.Installation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Starts a job of a module of this project. */
final class PlainJob {
  /** How the job's results are compared once it has been drained. */
  @FunctionalInterface
  interface Judge {
    Judgement judge(JobRest rest, String job, CommonPart must) throws Exception;
  }

  private PlainJob() {}

  /** Compares the rows of a job that has been drained, and so has committed everything. */
  static Judge rows(Assignment assignment, UnaryOperator<CommonPart> asked) {
    return (rest, job, must) -> {
      try (var results = assignment.results()) {
        return asked.apply(must).judge(results.readOn());
      }
    };
  }

  /**
   * Starts it.
   *
   * @param further settings of the cluster
   * @param own arguments of the job, beside those that say what it reads
   */
  static RunningJob start(
      Assignment assignment,
      Map<String, String> further,
      Path jar,
      String mainClass,
      List<String> own,
      Judge judge)
      throws Exception {
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
    var session = Session.start(assignment, Installation.home(), further);
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
