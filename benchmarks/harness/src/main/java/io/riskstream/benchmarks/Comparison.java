package io.riskstream.benchmarks;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.contender.Assignment;
import io.riskstream.benchmarks.contender.Contender;
import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.benchmarks.contender.FailureFile;
import io.riskstream.benchmarks.contender.SavedState;
import io.riskstream.benchmarks.measure.Repetition;
import io.riskstream.benchmarks.measure.SteadyPart;
import io.riskstream.benchmarks.profile.Profiling;
import io.riskstream.benchmarks.report.CaseReport;
import io.riskstream.benchmarks.report.Standing;
import io.riskstream.benchmarks.workload.Broker;
import io.riskstream.benchmarks.workload.FilledTopic;
import io.riskstream.benchmarks.workload.Size;
import io.riskstream.benchmarks.workload.Workload;
import io.riskstream.manifest.Manifest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Puts contenders side by side on one workload: first each is compared with the reference model,
 * then those that are right are measured in turn.
 */
final class Comparison {
  private static final String CHECK = "check";
  private static final String KNOWN = "known";

  /**
   * Of a repetition: half as many again as the slowest needs to be compiled. The fastest are
   * through with so many before they are, so that it takes a while at least.
   */
  private static final Drain.Enough ENOUGH =
      new Drain.Enough(
          SteadyPart.COMPILED_RECORDS * 3 / 2, Duration.ofSeconds(100), Duration.ofMinutes(7));

  private static final int SHOWN = 25;

  private final Plan plan;
  private final Broker broker;
  private final Workload workload;
  private final Path folder;
  private final Consumer<String> progress;
  private final Map<Contender, Standing> standings = new LinkedHashMap<>();
  private final Map<Contender, SavedState> states = new HashMap<>();
  private FilledTopic drained;

  /**
   * What is asked for.
   *
   * @param repetitions 0 to measure on the topic of the comparison, in the same run, but where
   *     users are to be known before: there once
   * @param planted the contender that is given a wrong topic; empty for none
   * @param size how the contenders' JVMs compile, and how much of a repetition is warm-up
   */
  record Plan(
      List<Contender> contenders, int repetitions, int parallelism, String planted, Size size) {
    /** Returns how often the contenders take turns, as some are measured in any case. */
    int turns() {
      return Math.max(1, repetitions);
    }
  }

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
        .filter(contender -> workload.isFor(contender.askedForAs()))
        .forEach(
            contender ->
                standings.put(contender, new Standing(contender.name(), contender.role())));
  }

  /** Compares each with the reference model, and measures it meanwhile if it is to be only then. */
  void check() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var once = isMeasuredWhileCompared();
    var manifest = folder.resolve("manifest.jsonl");
    var checked = fillToCheck(once ? workload.records() : workload.checkRecords(), manifest);
    var sent = Manifest.read(manifest);
    var must = workload.isCommon() ? CommonPart.of(sent) : CommonPart.ofNobody(sent);
    for (var contender : standings.keySet()) {
      judge(contender, given(contender, checked), must, once);
    }
    if (once) {
      drained = checked;
    } else {
      broker.deleteTopics(checked.name());
    }
  }

  private boolean isMeasuredWhileCompared() {
    return plan.repetitions() == 0 && !workload.users().known();
  }

  /** Fills the topic of the repetitions, and makes its users known where they are to be. */
  void fill() throws IOException, InterruptedException {
    if (isMeasuredWhileCompared()) {
      return;
    }
    var name = workload.name() + "-drain";
    if (!workload.users().known()) {
      progress.accept("%s: filling a topic of %,d".formatted(workload.name(), workload.records()));
      drained = FilledTopic.toDrain(broker, workload, name);
      return;
    }
    progress.accept(
        "%s: %,d users have an event each".formatted(workload.name(), workload.users().count()));
    var known = FilledTopic.ofEachUser(broker, workload, name);
    for (var contender : right()) {
      run(contender, known, KNOWN, null, (run, repetition) -> states.put(contender, run.save()));
      progress.accept(
          "%s: %s %s"
              .formatted(
                  workload.name(),
                  contender.name(),
                  states.containsKey(contender) ? "knows them" : standings.get(contender).word()));
    }
    drained = known.filled(broker);
  }

  /**
   * Measures each that is right once; every second time from the last to the first, as a machine
   * that becomes slower would not favour those that come first.
   */
  void measure(int repetition) throws IOException, InterruptedException {
    if (isMeasuredWhileCompared()) {
      return;
    }
    var turn = new ArrayList<>(right());
    if (repetition % 2 == 0) {
      Collections.reverse(turn);
    }
    for (var contender : turn) {
      progress.accept(
          "%s: %s, repetition %d of %d"
              .formatted(workload.name(), contender.name(), repetition, plan.turns()));
      run(
          contender,
          drained,
          Integer.toString(repetition),
          ENOUGH,
          (run, measured) -> standings.get(contender).measured(measured));
    }
  }

  /**
   * Lets ours that are right drain the topic once more, as a profiler costs time.
   *
   * @return what went wrong
   */
  List<String> profile(Path profiles) throws IOException, InterruptedException {
    var problems = new ArrayList<String>();
    for (var contender : right()) {
      if (contender.role() == Contender.Role.OURS) {
        profile(contender, profiles).ifPresent(problems::add);
      }
    }
    return problems;
  }

  /** Returns what is known by now. */
  CaseReport report() {
    return new CaseReport(workload, List.copyOf(standings.values()));
  }

  /** Leaves neither topics nor states. */
  void end() throws IOException {
    for (var contender : states.keySet()) {
      states.get(contender).close();
      WorkFolder.delete(home(contender, KNOWN));
    }
    broker.deleteTopics(workload.name() + "-");
  }

  private List<Contender> right() {
    return standings.keySet().stream().filter(one -> standings.get(one).isRight()).toList();
  }

  private FilledTopic fillToCheck(long records, Path manifest) throws IOException {
    progress.accept("%s: filling a topic of %,d".formatted(workload.name(), records));
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
        null,
        (run, repetition) -> {
          if (measured) {
            standing.measured(repetition);
          }
          standing.judged(run.judge(must));
        });
    progress.accept("%s: %s %s".formatted(workload.name(), contender.name(), standing.word()));
  }

  private Optional<String> profile(Contender contender, Path profiles)
      throws IOException, InterruptedException {
    var name = workload.name() + "-" + contender.name();
    progress.accept("%s: %s, profile".formatted(workload.name(), contender.name()));
    var assignment = assignment(contender, drained, "profile");
    try {
      broker.createTopic(assignment.output(), Broker.PARTITIONS);
      progress.accept(Profiling.run(contender, assignment, profiles, name).text(SHOWN));
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception failed) { // what was measured before is not lost by it
      FailureFile.write(assignment.folder(), failed);
      return Optional.of(
          "no profile of %s: %s; see %s".formatted(name, failed.getMessage(), assignment.folder()));
    }
    broker.deleteTopics(assignment.id() + "-");
    WorkFolder.delete(assignment.folder());
    return Optional.empty();
  }

  /** What a contender is given; its folder is there. */
  private Assignment assignment(Contender contender, FilledTopic input, String number)
      throws IOException {
    var id = "%s-%s-%s".formatted(workload.name(), contender.name(), number);
    return new Assignment(
        id,
        broker,
        input,
        workload.parallelismOr(plan.parallelism()),
        Files.createDirectories(home(contender, number)),
        plan.size().jvmOptions(),
        states.get(contender));
  }

  private Path home(Contender contender, String number) {
    return folder.resolve(contender.name() + "-" + number);
  }

  private void run(
      Contender contender,
      FilledTopic input,
      String number,
      Drain.Enough enoughOrNull,
      Drained then)
      throws IOException, InterruptedException {
    var assignment = assignment(contender, input, number);
    try {
      broker.createTopic(assignment.output(), Broker.PARTITIONS);
      WorkFolder.settle(assignment.folder());
      var start = System.nanoTime();
      try (var run = contender.start(assignment)) {
        then.drained(
            run,
            new Drain(run, input.records(), plan.size().warmUpShare(), start)
                .measure(enoughOrNull));
      }
    } catch (InterruptedException interrupted) {
      throw interrupted;
    } catch (Exception failed) { // the others go on
      standings.get(contender).failed(String.valueOf(failed.getMessage()));
      FailureFile.write(assignment.folder(), failed);
      return;
    }
    if (number.equals(KNOWN)) {
      return; // others go on from it, and look at its topics
    }
    broker.deleteTopics(assignment.id() + "-");
    if (!standings.get(contender).isRight()) {
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
