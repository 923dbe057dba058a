package io.riskstream.pipeline.completeness;

import io.riskstream.model.Coordinates;
import io.riskstream.source.Intake;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows each partition's offsets in their order and enters every one of them in the accounts
 * once: as a record, or as an offset without one. Offsets that are passed over without a word from
 * the source hold no record for a reader; they are counted with the record after them.
 */
public final class PartitionOffsets {
  private static final long UNKNOWN = -1;

  private final Map<String, Map<Integer, Position>> positions = new HashMap<>();

  /** Where a partition is. */
  private static final class Position {
    private long next = UNKNOWN;
    private long hourMillis = Account.NO_HOUR;
    private boolean seen;
  }

  /** Takes what is known of one partition. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Takes one partition's position.
     *
     * @param hourMillis ingest hour of the last record, or {@link Account#NO_HOUR}
     * @param seen whether the partition has been read here
     */
    void visit(String topic, int partition, long next, long hourMillis, boolean seen);
  }

  /** Enters the partition's next record. */
  public Account received(Coordinates record, boolean refused) {
    var position = of(record.topic(), record.partition());
    var first = position.next == UNKNOWN ? record.offset() : position.next;
    var account = Account.received(record, Math.min(first, record.offset()), refused);
    position.next = record.offset() + 1;
    position.hourMillis = account.hourMillis();
    position.seen = true;
    return account;
  }

  /** Enters offsets that give no record, but for those that have been entered before. */
  public List<Account> missing(Intake.Gap gap) {
    var position = of(gap.topic(), gap.partition());
    position.seen = true;
    var next = position.next;
    if (next > gap.lastOffset()) {
      return List.of();
    }
    position.next = gap.lastOffset() + 1;
    var first = Math.max(gap.firstOffset(), next);
    var missing = Account.gap(gap, first, position.hourMillis);
    return next == UNKNOWN || next == first
        ? List.of(missing)
        : List.of(Account.skipped(gap, next, first - 1, position.hourMillis), missing);
  }

  /** Takes over a position from before; of two for a partition the later one. */
  public void restore(String topic, int partition, long next, long hourMillis) {
    var position = of(topic, partition);
    if (next > position.next) {
      position.next = next;
      position.hourMillis = hourMillis;
    }
  }

  /** Hands over all positions. */
  public void forEach(Visitor visitor) {
    positions.forEach(
        (topic, partitions) ->
            partitions.forEach(
                (partition, position) ->
                    visitor.visit(
                        topic, partition, position.next, position.hourMillis, position.seen)));
  }

  private Position of(String topic, int partition) {
    return positions
        .computeIfAbsent(topic, name -> new HashMap<>())
        .computeIfAbsent(partition, number -> new Position());
  }
}
