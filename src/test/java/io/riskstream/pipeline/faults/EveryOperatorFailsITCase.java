package io.riskstream.pipeline.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.demo.DataFolder;
import io.riskstream.demo.Demo;
import io.riskstream.demo.DemoSettings;
import io.riskstream.demo.StopRequest;
import io.riskstream.manifest.Manifest;
import io.riskstream.ops.Verification;
import io.riskstream.ops.VerificationResult.Conclusion;
import io.riskstream.pipeline.PipelineJob;
import io.riskstream.pipeline.faults.Faults.Fault;
import io.riskstream.testkit.Await;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Lets every component of the graph fail in every phase of a checkpoint that it takes part in, one
 * after the other in one run, and holds what came out to exact sets.
 */
@Timeout(600)
final class EveryOperatorFailsITCase {
  private static final int RATE = 400;

  private static final Set<String> COMMITTING =
      Set.of("events-lake", "ledger-lake", "kafka-output");

  /** What a row comes to once an hour, a minute or a window, or with a document. */
  private static final Set<String> RARE =
      Set.of(
          "audit-lake",
          "seal-files",
          "activity-lake",
          "windows-lake",
          "hot-windows",
          "quality-lake",
          "control-source",
          "document-gate",
          "control-lake");

  @TempDir Path path;

  private volatile Set<String> components = Set.of();

  @BeforeEach
  void nothingIsArmed() {
    Faults.reset();
  }

  @Test
  void losesAndDoublesNothing() throws Exception {
    var printed = new ByteArrayOutputStream();
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    var stop = new StopRequest();
    var settings = new DemoSettings(null, RATE, 100, 11, null, 0, 0, 0);
    try (var folder = DataFolder.open(path);
        var demo = new Demo(this::define, settings, folder, stop, out::println)) {
      assertThat(demo.start()).isTrue();
      var ended =
          CompletableFuture.supplyAsync(() -> run(demo), task -> new Thread(task, "demo").start());
      List<Fault> struck;
      try {
        struck = strikeEverywhere(ended);
      } finally {
        stop.make();
      }
      assertThat(ended.join()).as("everything was acknowledged").isTrue();
      assertThat(struck).hasSizeGreaterThan(30);
      var verified = Verification.run(demo.config(), Manifest.read(folder.manifest()), out);
      assertThat(verified.conclusion())
          .as(printed.toString(StandardCharsets.UTF_8))
          .isEqualTo(Conclusion.PASS);
    }
  }

  /** Every place that the running job has shown, and those alone: no fault is made up. */
  private List<Fault> strikeEverywhere(CompletableFuture<?> run) {
    Await.until(
        "every component works and every sink that commits has committed",
        () ->
            regular().allMatch(name -> hasPassed(name, Phase.PROCESSING))
                && COMMITTING.stream().allMatch(name -> hasPassed(name, Phase.AFTER_COMMIT)));
    var faults = new ArrayList<>(Faults.seen());
    // Whether a row comes to these again in time is chance.
    faults.removeIf(fault -> RARE.contains(fault.component()) && fault.phase() != Phase.SNAPSHOT);
    faults.sort(Comparator.comparing(Fault::phase).thenComparing(Fault::component));
    for (var fault : faults) {
      Faults.arm(fault);
      Await.until(fault + " strikes", () -> !Faults.isArmed() || run.isDone());
      assertThat(run).as("the job after " + fault).isNotDone();
      awaitCheckpoint("recovery from " + fault);
    }
    return faults;
  }

  private Stream<String> regular() {
    return components.stream().filter(name -> !RARE.contains(name));
  }

  /** A checkpoint that begins and ends after this call, so that no two faults meet one recovery. */
  private static void awaitCheckpoint(String after) {
    for (var phase : List.of(Phase.SNAPSHOT, Phase.COMPLETED)) {
      var passage = new Fault("user-risk", phase);
      Faults.forget(passage);
      Await.until("a checkpoint after " + after, () -> Faults.seen().contains(passage));
    }
  }

  private static boolean hasPassed(String component, Phase phase) {
    return Faults.seen().contains(new Fault(component, phase));
  }

  private static boolean run(Demo demo) {
    try {
      return demo.run().isComplete();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private void define(StreamExecutionEnvironment environment, RiskstreamConfig config) {
    PipelineJob.define(environment, config);
    environment.configure(
        Configuration.fromMap(
            Map.of(
                "execution.checkpointing.interval", "200 ms",
                "restart-strategy.fixed-delay.attempts", "1000",
                "restart-strategy.fixed-delay.delay", "10 ms")));
    components = Sabotage.of(environment);
  }
}
