package io.riskstream.benchmarks.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riskstream.benchmarks.goal.Scorecard;
import io.riskstream.benchmarks.latency.LatencyReport;
import io.riskstream.benchmarks.measure.Repetition;
import io.riskstream.benchmarks.measure.Spread;
import io.riskstream.benchmarks.workload.Workload;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;

/** Writes everything that was measured, each repetition with its steps, as JSON. */
public final class ResultsFile {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ResultsFile() {}

  /** Writes the file, whole or not at all. */
  public static void write(
      Path file,
      Surroundings surroundings,
      List<CaseReport> reports,
      Scorecard card,
      String verdict)
      throws IOException {
    var root = JSON.createObjectNode();
    root.put("verdict", verdict);
    root.set("surroundings", JSON.valueToTree(surroundings));
    var cases = root.putArray("cases");
    for (var report : reports) {
      var node = cases.addObject();
      node.set("workload", workload(report.workload()));
      var standings = node.putArray("contenders");
      report.standings().forEach(standing -> add(standings.addObject(), standing));
      node.set("ratios", JSON.valueToTree(Ratio.of(report.standings())));
      report.latency().ifPresent(latency -> node.set("latency", JSON.valueToTree(latency)));
    }
    var targets = root.putArray("targets");
    card.lines().forEach(line -> add(targets.addObject(), line));
    write(file, root);
  }

  private static void add(ObjectNode node, Scorecard.Line line) {
    node.put("target", line.target().target());
    node.put("ratio", line.target().beside() != null);
    node.put("must", line.target().must());
    node.put("aim", line.target().aim());
    line.value().ifPresent(value -> node.put("value", value));
    node.put("result", line.result().word());
  }

  /** Writes what was found of a pipeline that ran already, whole or not at all. */
  public static void write(Path file, Workload workload, LatencyReport report, String verdict)
      throws IOException {
    var root = JSON.createObjectNode();
    root.put("verdict", verdict);
    root.set("workload", workload(workload));
    root.set("latency", JSON.valueToTree(report));
    write(file, root);
  }

  /** Files are named as in the workload's own: where a checkout lies is nobody else's business. */
  private static ObjectNode workload(Workload workload) {
    var settings = new HashMap<>(workload.settings());
    settings.replaceAll(
        (key, value) ->
            value.startsWith(File.separator) ? "./" + Path.of(value).getFileName() : value);
    return JSON.valueToTree(workload.withSettings(settings));
  }

  private static void write(Path file, ObjectNode root) throws IOException {
    Files.createDirectories(file.getParent());
    var whole = file.resolveSibling(file.getFileName() + ".part");
    JSON.writerWithDefaultPrettyPrinter().writeValue(whole.toFile(), root);
    Files.move(whole, file, StandardCopyOption.REPLACE_EXISTING);
  }

  private static void add(ObjectNode node, Standing standing) {
    node.put("name", standing.name());
    node.put("role", standing.role().name());
    node.put("ranked", standing.isRanked());
    standing.failure().ifPresent(failure -> node.put("failure", failure));
    standing.judgement().ifPresent(judged -> node.set("judgement", JSON.valueToTree(judged)));
    if (standing.isRanked()) {
      node.set("events_per_second", spread(standing.eventsPerSecond()));
      node.set("events_per_cpu_second", spread(standing.eventsPerCpuSecond()));
    }
    var repetitions = node.putArray("repetitions");
    standing.repetitions().forEach(repetition -> add(repetitions.addObject(), repetition));
  }

  private static void add(ObjectNode node, Repetition repetition) {
    var steady = repetition.steady();
    node.put("events_per_second", steady.eventsPerSecond());
    node.put("events_per_cpu_second", steady.eventsPerCpuSecond());
    node.put("server_cpu_share", steady.serverCpuShare());
    node.put("events_per_billion_control_steps", steady.eventsPerBillionControlSteps());
    node.put("control_integer_ns", steady.controlCost().integerNanos());
    node.put("control_memory_ns", steady.controlCost().memoryNanos());
    node.put("from_seconds", steady.from().seconds());
    node.put("to_seconds", steady.to().seconds());
    node.put("whole_run", steady.isWhole());
    node.put("peak_memory_bytes", repetition.peakMemoryBytes());
    node.put("server_memory_bytes", repetition.serverMemoryBytes());
    repetition.stateBytes().ifPresent(bytes -> node.put("state_bytes", bytes));
    var steps = node.putArray("steps");
    for (var step : repetition.steps()) {
      steps.add(JSON.valueToTree(step));
    }
  }

  private static ObjectNode spread(Spread spread) {
    return JSON.valueToTree(spread);
  }
}
