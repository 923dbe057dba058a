package io.riskstream.benchmarks.contender.flink;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.cluster.FlinkJars;
import io.riskstream.cluster.Installation;
import io.riskstream.cluster.JobJarFile;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.lifecycle.program.JobJar;
import io.riskstream.manifest.Manifest;
import io.riskstream.manifest.SentTopics;
import io.riskstream.ops.Verification;
import io.riskstream.ops.VerificationResult.Conclusion;
import io.riskstream.server.EmbeddedRedis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A job jar of riskstream with everything on: lake, Redis, alerts, accounts, seals; that of this
 * checkout, or another version's.
 */
public final class Riskstream implements Contender {
  private static final String NAME = "riskstream";
  private static final int SHOWN = 6;

  private final String name;
  private final Path checkout;

  /** That of this checkout. */
  public Riskstream() {
    this(NAME, Installation.home());
  }

  private Riskstream(String name, Path checkout) {
    this.name = name;
    this.checkout = checkout;
  }

  /**
   * Another version, under a name of its own: its job jar, and its flink-conf.
   *
   * @param checkout its top folder, where it was built
   * @throws IOException if it was not
   */
  public static Riskstream version(String name, Path checkout) throws IOException {
    JobJarFile.in(checkout);
    return new Riskstream(name, checkout);
  }

  /** Returns what a job that was started so runs with: where its results are. */
  public static RiskstreamConfig config(Assignment assignment) {
    return RiskstreamKeys.config(assignment);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String askedForAs() {
    return NAME;
  }

  @Override
  public Role role() {
    return Role.OURS;
  }

  @Override
  public String description() {
    return "the whole pipeline: common part, duplicates, lake, Redis, alerts, accounts";
  }

  @Override
  public ContenderRun start(Assignment assignment) throws Exception {
    var before = assignment.stateOrNull();
    var redis = before == null ? EmbeddedRedis.start(0) : before.redis();
    Session session = null;
    try {
      var keys = RiskstreamKeys.of(assignment, redis.uri());
      if (before != null) {
        keys.put("hot-store.epoch", Integer.toString(before.nextEpoch()));
      }
      var file = RiskstreamKeys.prepare(assignment, keys);
      session = Session.start(assignment, checkout, Map.of());
      var jar = new JobJar(JobJarFile.in(checkout), FlinkJars.find());
      var id =
          session
              .lifecycle()
              .submit(
                  jar,
                  List.of("pipeline", "--config", file.toString()),
                  before == null ? null : before.checkpoint(),
                  0);
      var job = new RunningJob(assignment, session, id, must -> judge(assignment, must));
      return before == null ? WithRedis.ofItsOwn(job, redis) : WithRedis.foundThere(job, redis);
    } catch (Exception failed) { // whatever it is, nothing is left running
      if (session != null) {
        session.close();
      }
      if (before == null) {
        redis.close();
      }
      throw failed;
    }
  }

  /** Everything that it wrote is compared, not the common part alone. */
  private static Judgement judge(Assignment assignment, CommonPart must) throws IOException {
    var config = config(assignment);
    var kafka = config.kafka();
    var sent = must.sent();
    var manifest =
        new Manifest(
            new SentTopics(kafka.eventsTopic(), kafka.profilesTopic(), kafka.controlTopic()),
            sent.records(),
            List.of(),
            List.of(),
            sent.complete(),
            sent.failed());
    var printed = new ByteArrayOutputStream();
    var result =
        Verification.run(config, manifest, new PrintStream(printed, true, StandardCharsets.UTF_8));
    var said = printed.toString(StandardCharsets.UTF_8);
    Files.writeString(assignment.folder().resolve("verification.txt"), said);
    if (result.conclusion() == Conclusion.PASS) {
      return Judgement.right(must.records());
    }
    return new Judgement(
        said.lines()
            .filter(line -> !line.contains("missing 0, double 0, different 0, unexpected 0"))
            .limit(SHOWN)
            .toList(),
        must.records());
  }
}
