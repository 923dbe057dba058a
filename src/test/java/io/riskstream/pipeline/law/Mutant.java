package io.riskstream.pipeline.law;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import javax.tools.ToolProvider;

/**
 * A mistake that somebody could make in the domain.
 *
 * @param name what it gets wrong
 * @param file below the main sources' root package
 * @param right text of the file, there exactly once
 * @param wrong what the mistake makes of it
 */
record Mutant(String name, String file, String right, String wrong) {
  private static final Path SOURCES = Path.of("src/main/java/io/riskstream");

  static final List<Mutant> ALL =
      List.of(
          new Mutant(
              "the score is clamped before the weight is added",
              "risk/state/ClampedAddition.java",
              "(int) Math.min(ceiling, Math.max(floor, score + addend))",
              "(int) (Math.min(ceiling, Math.max(floor, score)) + addend)"),
          new Mutant(
              "events of one timestamp are scored in the order of Java's strings",
              "risk/state/NodeEntries.java",
              "Arrays.compareUnsigned(bytes, from, from + length, id, 0, id.length)",
              "new String(bytes, from, length, java.nio.charset.StandardCharsets.UTF_8)"
                  + ".compareTo(event.eventId())"),
          new Mutant(
              "a window holds an event at its end",
              "activity/UserActivity.java",
              "from + window.sizeMillis() / sliceMillis, chunks",
              "from + window.sizeMillis() / sliceMillis + 1, chunks"),
          new Mutant(
              "an aggregate lacks its last window",
              "pipeline/window/WindowTallyOperator.java",
              "start <= last;",
              "start < last;"),
          new Mutant(
              "a user who comes back to a window is counted again",
              "activity/UserActivity.java",
              "if (before != SliceTree.NONE) {",
              "if (before != SliceTree.NONE && before == own) {"),
          new Mutant(
              "sums are lost at a watermark",
              "pipeline/window/WindowTallyOperator.java",
              "flush();\n    super.processWatermark(mark);",
              "slices.clear();\n    userSteps.clear();\n    super.processWatermark(mark);"),
          new Mutant(
              "a ruleset is in force only after its cut",
              "rules/Rulebook.java",
              "spans.floorKey(timeMillis)",
              "spans.lowerKey(timeMillis)"),
          new Mutant(
              "a cool-down begins with its trigger",
              "model/RuleDefinition.java",
              "Math.floorDiv(eventTimeMillis, coolDownMillis) * coolDownMillis",
              "eventTimeMillis"),
          new Mutant(
              "a profile is joined to what happened before it",
              "risk/profile/ProfileVersions.java",
              "var at = firstAfter(timeMillis);",
              "var at = firstAfter(timeMillis + 500);"),
          new Mutant(
              "a profile is joined at the moment when it has expired",
              "risk/profile/ProfileVersions.java",
              "timeMillis - newest.timestampMillis() >= maxAgeMillis",
              "timeMillis - newest.timestampMillis() > maxAgeMillis"),
          new Mutant(
              "of profiles of one timestamp the last to arrive holds",
              "risk/profile/ProfileVersions.java",
              "          > 0) {\n        chunks.put(",
              "          != 0) {\n        chunks.put("),
          new Mutant(
              "a suppression holds at its end",
              "rules/book/Suppressions.java",
              "timeMillis < suppression.untilMillis()",
              "timeMillis <= suppression.untilMillis()"),
          new Mutant(
              "an alert whose trigger is not final after all gets no other one",
              "risk/alert/UserAlerts.java",
              "alert == null || (isFinal && !alert.settled) || at.compareTo(alert.said) < 0",
              "alert == null || at.compareTo(alert.said) < 0"),
          new Mutant(
              "a final trigger is confirmed that was never said",
              "risk/alert/UserAlerts.java",
              "at.compareTo(alert.said) < 0 : at.compareTo(alert.said) != 0",
              "at.compareTo(alert.said) < 0 : at.compareTo(alert.said) < 0"),
          new Mutant(
              "an alert keeps what was provisional of its trigger",
              "risk/alert/UserAlerts.java",
              "} else if (!alert.settled) {",
              "} else if (alert.revision > 0 && !alert.settled) {"),
          new Mutant(
              "an event on the line is late",
              "source/PartitionGate.java",
              "event.timestampMillis() < highest.millis - horizonMillis",
              "event.timestampMillis() <= highest.millis - horizonMillis"));

  /** Compiles the file with the mistake into a folder that is to come first on a class path. */
  void compileInto(Path folder, String classpath) throws IOException {
    var source = Files.readString(SOURCES.resolve(file));
    if (source.split(Pattern.quote(right), -1).length != 2) {
      throw new AssertionError(
          "%s has not exactly once: %s; adapt the mutant \"%s\"".formatted(file, right, name));
    }
    var mutated = folder.resolve("sources").resolve(Path.of(file).getFileName());
    Files.createDirectories(mutated.getParent());
    Files.writeString(mutated, source.replace(right, wrong));
    var compiler = ToolProvider.getSystemJavaCompiler();
    int ended =
        compiler.run(
            null,
            null,
            null,
            List.of(
                    "-d",
                    folder.toString(),
                    "-cp",
                    classpath,
                    "--release",
                    "17",
                    "-proc:none",
                    "-nowarn",
                    mutated.toString())
                .toArray(String[]::new));
    if (ended != 0) {
      throw new AssertionError(
          "%s does not compile; adapt the mutant \"%s\"".formatted(file, name));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
