package io.riskstream.demo.output;

import com.fasterxml.jackson.databind.JsonNode;
import io.riskstream.model.RulesetDocument;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What the job has answered to documents so far. For one thread. */
public final class DocumentLog {
  private static final String ACCEPTED = "accepted";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

  /** A ruleset and the event time from which on it is in force. */
  private record Cut(String ruleset, long atMillis, long offset) {}

  private final Map<String, Long> answers = new TreeMap<>();
  private final Map<Long, Cut> cuts = new LinkedHashMap<>();

  /** Takes the next answer of the topic. */
  public void add(JsonNode status) {
    var answer = status.path("answer").asText();
    answers.merge(answer, 1L, Long::sum);
    if (answer.equals(ACCEPTED) && status.path("kind").asText().equals(RulesetDocument.KIND)) {
      var offset = status.path("offset").asLong();
      var name = status.path("id").asText() + " v" + status.path("version").asInt();
      cuts.put(offset, new Cut(name, status.path("cut").asLong(), offset));
    }
  }

  /** Returns how many documents were answered. */
  public long answered() {
    return answers.values().stream().mapToLong(count -> count).sum();
  }

  /**
   * Returns which ruleset is in force at the event time, since when, and which one is to follow.
   */
  public String rulesetAt(long eventTimeMillis) {
    var inForce =
        cuts.values().stream()
            .filter(cut -> cut.atMillis() <= eventTimeMillis)
            .max(Comparator.comparingLong(Cut::atMillis).thenComparingLong(Cut::offset))
            .map(
                cut ->
                    cut.ruleset() + " since " + TIME.format(Instant.ofEpochMilli(cut.atMillis())))
            .orElse("default-1");
    return inForce
        + cuts.values().stream()
            .filter(cut -> cut.atMillis() > eventTimeMillis)
            .min(
                Comparator.comparingLong(Cut::atMillis)
                    .thenComparing(Comparator.comparingLong(Cut::offset).reversed()))
            .map(
                cut ->
                    ", from %s on %s"
                        .formatted(
                            TIME.format(Instant.ofEpochMilli(cut.atMillis())), cut.ruleset()))
            .orElse("");
  }

  /** Returns such as {@code accepted 7 refused 2 repeated 1}, or none. */
  public String line() {
    return answers.isEmpty()
        ? "none"
        : answers.entrySet().stream()
            .map(answer -> answer.getKey() + " " + answer.getValue())
            .collect(Collectors.joining("  "));
  }
}
