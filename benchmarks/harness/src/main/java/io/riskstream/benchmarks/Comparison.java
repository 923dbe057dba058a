package io.riskstream.benchmarks;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.benchmarks.contender.FailureFile;
import io.riskstream.benchmarks.measure.Repetition;
import io.riskstream.benchmarks.profile.Profiling;
import io.riskstream.benchmarks.report.CaseReport;
import io.riskstream.benchmarks.report.Standing;
import io.riskstream.benchmarks.workload.Broker;
import io.riskstream.benchmarks.workload.FilledTopic;
import io.riskstream.benchmarks.workload.Workload;
import io.riskstream.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Puts contenders side by side on one workload: first each is compared with the reference model,
 * then those that are right are measured in turn, A B C A B C.
 */
final class Comparison {
  private static final String CHECK = "check";
  private static final int SHOWN = 25;

  private final Plan plan;
  private final Broker broker;
  private final Workload workload;
  private final Path folder;
  private final Consumer<String> progress;
  private final List<String> problems = new ArrayList<>();
  private final Map<Contender, Standing> standings = new LinkedHashMap<>();

  /**
   * What is asked for.
   *
   * @param repetitions 0 to measure on the topic of the comparison, in the same run
   * @param planted the contender that is given a wrong topic; empty for none
   * @param jvmOptions of every contender
   * @param profilesOrNull folder for profiles of riskstream; null for none
   */
  record Plan(
      List<Contender> contenders,
      int repetitions,
      int parallelism,
      String planted,
      String jvmOptions,
      Path profilesOrNull) {}

  /**
   * @param folder for all that is written meanwhile
   */
  Comparison(Plan plan, Broker broker, Workload workload, Path folder, Consumer<String> progress) {
    this.plan = plan;
    this.broker = broker;
    this.workload = workload;
    this.folder = folder;
    this.progress = progress;
    plan.contenders().stream()
        .filter(
            contender ->
                workload.contenders().isEmpty()
                    || workload.contenders().contains(contender.askedForAs()))
        .forEach(
            contender ->
                standings.put(contender, new Standing(contender.name(), contender.role())));
  }

  /** Returns what went wrong beside the measurements. */
  List<String> problems() {
    return List.copyOf(problems);
  }

  CaseReport run() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var once = plan.repetitions() == 0;
    var checked = fillToCheck(once ? workload.records() : workload.checkRecords());
    var sent = Manifest.read(checked.manifest().orElseThrow());
    var must = workload.isCommon() ? CommonPart.of(sent) : CommonPart.ofNobody(sent);
    for (var contender : standings.keySet()) {
      judge(contender, given(contender, checked), must, once);
    }
    if (once) {
      profile(checked);
    } else {
      progress.accept("%s: filling a topic of %,d".formatted(workload.name(), workload.records()));
      var drained = FilledTopic.toDrain(broker, workload, workload.name() + "-drain");
      for (var repetition = 1; repetition <= plan.repetitions(); repetition++) {
        for (var contender : standings.keySet()) {
          if (standings.get(contender).isRight()) {
            measure(contender, drained, repetition);
          }
        }
      }
      profile(drained);
      broker.deleteTopics(drained.name());
    }
    broker.deleteTopics(workload.name() + "-");
    return new CaseReport(workload, List.copyOf(standings.values()));
  }

  private FilledTopic fillToCheck(long records) throws IOException {
    progress.accept("%s: filling a topic of %,d".formatted(workload.name(), records));
    var manifest = folder.resolve("manifest.jsonl");
    return FilledTopic.toCheck(broker, workload, records, workload.name() + "-check", manifest);
  }

  private FilledTopic given(Contender contender, FilledTopic checked) throws IOException {
    return contender.name().equals(plan.planted())
        ? checked.withPlantedError(broker, workload.name() + "-planted")
        : checked;
  }

  private void judge(Contender contender, FilledTopic input, CommonPart must, boolean measured)
      throws IOException, InterruptedException {
    progress.accept("%s: %s, check".formatted(workload.name(), contender.name()));
    var standing = standings.get(contender);
    run(
        contender,
        input,
        CHECK,
        true,
        (run, repetition) -> {
          if (measured) {
            standing.measured(repetition);
          }
          standing.judged(run.judge(must));
        });
    progress.accept("%s: %s %s".formatted(workload.name(), contender.name(), standing.word()));
  }

  private void measure(Contender contender, FilledTopic input, int repetition)
      throws IOException, InterruptedException {
    progress.accept(
        "%s: %s, repetition %d of %d"
            .formatted(workload.name(), contender.name(), repetition, plan.repetitions()));
    run(
        contender,
        input,
        Integer.toString(repetition),
        false,
        (run, measured) -> standings.get(contender).measured(measured));
  }

  /** Once more, as a profiler costs time. */
  private void profile(FilledTopic input) throws IOException, InterruptedException {
    for (var contender : standings.keySet()) {
      if (plan.profilesOrNull() == null
          || contender.role() != Contender.Role.OURS
          || !standings.get(contender).isRight()) {
        continue;
      }
      var name = workload.name() + "-" + contender.name();
      progress.accept("%s: %s, profile".formatted(workload.name(), contender.name()));
      var assignment = assignment(contender, input, "profile");
      try {
        broker.createTopic(assignment.output(), Broker.PARTITIONS);
        progress.accept(
            Profiling.run(contender, assignment, plan.profilesOrNull(), name).text(SHOWN));
      } catch (InterruptedException interrupted) {
        throw interrupted;
      } catch (Exception failed) { // what was measured before is not lost by it
        problems.add("no profile of " + name + ": " + failed.getMessage());
      }
      broker.deleteTopics(assignment.id() + "-");
      WorkFolder.delete(assignment.folder());
    }
  }

  /** What a contender is given; its folder is there. */
  private Assignment assignment(Contender contender, FilledTopic input, String number)
      throws IOException {
    var id = "%s-%s-%s".formatted(workload.name(), contender.name(), number);
    var home = Files.createDirectories(folder.resolve(contender.name() + "-" + number));
    return new Assignment(id, broker, input, plan.parallelism(), home, plan.jvmOptions());
  }

  private void run(
      Contender contender, FilledTopic input, String number, boolean toItsEnd, Drained drained)
      throws IOException, InterruptedException {
    var assignment = assignment(contender, input, number);
    try {
      broker.createTopic(assignment.output(), Broker.PARTITIONS);
      var start = System.nanoTime();
      try (var run = contender.start(assignment)) {
        drained.drained(run, new Drain(run, input.records(), start).measure(toItsEnd));
      }
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception failed) { // the others go on
      standings.get(contender).failed(String.valueOf(failed.getMessage()));
      FailureFile.write(assignment.folder(), failed);
      return;
    }
    broker.deleteTopics(assignment.id() + "-");
    if (number.equals(CHECK) && !standings.get(contender).isRight()) {
      return; // what it wrote is to be looked at
    }
    WorkFolder.delete(assignment.folder());
  }

  /** What is done with a contender once its topic is drained. */
  @FunctionalInterface
  private interface Drained {
    void drained(ContenderRun run, Repetition repetition) throws Exception;
  }
}
