package io.riskstream.pipeline.law;

import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.WindowRow;
import io.riskstream.testkit.RowText;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The steps in the lives of alerts and windows, as texts that can be kept: every alert is raised
 * first and ends once, the rows of a window count up to the final one.
 */
final class Steps {
  private static final String SEPARATOR = "\u001f";
  private static final String ROW = "row";
  private static final Set<AlertStatus> ENDS =
      EnumSet.of(AlertStatus.confirmed, AlertStatus.withdrawn);

  private record Step(
      String name, int revision, String status, boolean isEnd, String trigger, String content) {
    static Step parse(String text) {
      var parts = text.split(SEPARATOR, -1);
      return new Step(
          parts[0],
          Integer.parseInt(parts[1]),
          parts[2],
          Boolean.parseBoolean(parts[3]),
          parts[4],
          parts[5]);
    }

    String text() {
      return String.join(
          SEPARATOR,
          name,
          Integer.toString(revision),
          status,
          Boolean.toString(isEnd),
          trigger,
          content);
    }
  }

  private Steps() {}

  static String of(Alert alert) {
    return new Step(
            alert.getAlertId(),
            alert.getRevision(),
            alert.getStatus().name(),
            alert.getFinal$() && ENDS.contains(alert.getStatus()),
            alert.getEventTime() + " " + alert.getEventId(),
            RowText.of(alert, "revision", "status", "final"))
        .text();
  }

  static String of(WindowRow row) {
    return new Step(
            row.getWindow() + " " + row.getWindowStart() + " " + row.getEventType(),
            row.getRevision(),
            ROW,
            row.getFinal$(),
            "",
            "")
        .text();
  }

  /** Adds each step that is not as it must be. */
  static void check(List<String> differences, List<String> texts) {
    texts.stream()
        .map(Step::parse)
        .collect(Collectors.groupingBy(Step::name))
        .forEach(
            (name, steps) -> {
              steps.sort(Comparator.comparingInt(Step::revision));
              for (var index = 0; index < steps.size(); index++) {
                var step = steps.get(index);
                var isLast = index == steps.size() - 1;
                if (step.revision != index
                    || step.isEnd != isLast
                    || !fits(step, index, isLast)
                    || (isLast && index > 0 && !says(step, steps.get(index - 1)))) {
                  differences.add("step %d of the life of %s: %s".formatted(index, name, step));
                }
              }
            });
  }

  private static boolean fits(Step step, int index, boolean isLast) {
    if (step.status.equals(ROW)) {
      return true;
    }
    return switch (AlertStatus.valueOf(step.status)) {
      case raised -> index == 0;
      case amended -> index > 0 && !isLast;
      case confirmed, withdrawn -> index > 0 && isLast;
    };
  }

  /** The end is of the trigger that was said last; one that is withdrawn says the very same. */
  private static boolean says(Step end, Step before) {
    return end.status.equals(AlertStatus.withdrawn.name())
        ? end.content.equals(before.content)
        : end.trigger.equals(before.trigger);
  }
}
