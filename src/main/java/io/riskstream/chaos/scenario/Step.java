package io.riskstream.chaos.scenario;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.flink.util.TimeUtils;

/**
 * Something that is done in a scenario: a fault, or an {@link Errand}. What it needs is given.
 *
 * @param at not before this time, from the start of the load
 * @param word what is done
 * @param given what the file says beside
 */
public record Step(Duration at, String word, Map<String, String> given) {
  static final String FOR = "for";

  public Step {
    given = Map.copyOf(given);
  }

  /** Returns how long a fault lasts; empty for until the load is over. */
  public Optional<Duration> length() {
    return Optional.ofNullable(given.get(FOR)).map(TimeUtils::parseDuration);
  }

  /** Returns the step for people, such as {@code kill what=task-manager for=4s}. */
  @Override
  public String toString() {
    var line = new StringBuilder(word);
    new TreeMap<>(given)
        .forEach((key, value) -> line.append(' ').append(key).append('=').append(value));
    return line.toString();
  }
}
