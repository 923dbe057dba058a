package io.riskstream.source;

import io.riskstream.model.UserInput;
import java.util.HashMap;
import java.util.Map;

/**
 * Tells late events, or profile updates, from others, per partition and in offset order: late is what lies behind the
 * greatest timestamp let through before, by more than delay and lateness. A function of the
 * partition's records alone; no clock, watermark or restart has a part in it.
 */
public final class PartitionGate {
  private final long horizonMillis;
  private final Map<String, Map<Integer, Highest>> highestByTopic = new HashMap<>();

  /** The greatest timestamp let through on a partition. */
  private static final class Highest {
    private long millis = Long.MIN_VALUE;
    private boolean seen;
  }

  /** Takes what a gate knows of one partition. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes one partition's greatest timestamp.
     *
     * @param seen whether this very gate has judged an event of the partition
     */
    void visit(String topic, int partition, long highestMillis, boolean seen);
  }

  /** Makes a gate that waits for watermark delay and allowed lateness, in milliseconds. */
  public PartitionGate(long watermarkDelayMillis, long allowedLatenessMillis) {
    horizonMillis = Math.addExact(watermarkDelayMillis, allowedLatenessMillis);
  }

  /** Judges the partition's next record, and remembers its timestamp if it is let through. */
  public boolean isLate(UserInput event) {
    var highest = of(event.coordinates().topic(), event.coordinates().partition());
    highest.seen = true;
    if (event.timestampMillis() < highest.millis - horizonMillis
        && highest.millis != Long.MIN_VALUE) {
      return true;
    }
    highest.millis = Math.max(highest.millis, event.timestampMillis());
    return false;
  }

  /** Takes over what a gate before this one knew; of two values for a partition the greater. */
  public void restore(String topic, int partition, long highestMillis) {
    var highest = of(topic, partition);
    highest.millis = Math.max(highest.millis, highestMillis);
  }

  /** Hands over all that the gate knows. */
  public void forEach(Visitor visitor) {
    highestByTopic.forEach(
        (topic, partitions) ->
            partitions.forEach(
                (partition, highest) ->
                    visitor.visit(topic, partition, highest.millis, highest.seen)));
  }

  private Highest of(String topic, int partition) {
    return highestByTopic
        .computeIfAbsent(topic, name -> new HashMap<>())
        .computeIfAbsent(partition, number -> new Highest());
  }
}
