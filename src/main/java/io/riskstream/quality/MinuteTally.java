package io.riskstream.quality;

import io.riskstream.model.EventTypes;
import io.riskstream.model.RejectionReason.Stage;
import io.riskstream.model.UserEvent;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.time.Duration;

/**
 * Adds up what one partition gave in one minute, or in a part of it; sums of parts are exact, in
 * any order. Not thread-safe.
 */
public final class MinuteTally {
  /** Exclusive upper bounds of the latencies that are counted apart; what is over is the rest. */
  static final long[] LATENCY_BOUNDS_MILLIS = {100, 1_000, 10_000, 60_000, 600_000, 3_600_000};

  private static final long TIMELY_MILLIS = Duration.ofHours(1).toMillis();
  private static final long NO_OFFSET = -1;

  long firstOffset = NO_OFFSET;
  long lastOffset = NO_OFFSET;
  long valid;
  long decodeFailed;
  long validateFailed;
  long late;
  long knownType;
  long timely;
  long sound;
  long nullSessionIds;
  long nullValues;
  long nullProperties;
  long latencySumMillis;
  final Range latencyMillis;
  final Range valueMicros;
  final Range timestampMillis;
  final long[] latencyCounts = new long[LATENCY_BOUNDS_MILLIS.length + 1];

  /** By the number of the type. */
  final long[] typeCounts;

  /** Least and greatest of some numbers. */
  static final class Range {
    long least = Long.MAX_VALUE;
    long greatest = Long.MIN_VALUE;

    void add(long number) {
      least = Math.min(least, number);
      greatest = Math.max(greatest, number);
    }

    boolean isEmpty() {
      return least > greatest;
    }

    private void add(Range other) {
      least = Math.min(least, other.least);
      greatest = Math.max(greatest, other.greatest);
    }

    private void write(PackedWriter target) {
      target.writeByte(isEmpty() ? 0 : 1);
      if (!isEmpty()) {
        target.writeSigned(least);
        target.writeSigned(greatest);
      }
    }

    private void addWritten(PackedReader source) {
      if (source.readByte() == 1) {
        add(source.readSigned());
        add(source.readSigned());
      }
    }
  }

  public MinuteTally(EventTypes types) {
    latencyMillis = new Range();
    valueMicros = new Range();
    timestampMillis = new Range();
    typeCounts = new long[types.size()];
  }

  /** Counts an event that keeps the contract, as the gate has judged it. */
  public void valid(UserEvent event, EventTypes types) {
    var record = event.coordinates();
    at(record.offset());
    valid++;
    if (event.late()) {
      late++;
    }
    var type = types.numberOf(event.eventType());
    typeCounts[type]++;
    var latency = record.ingestTimeMillis() - event.timestampMillis();
    var isTimely = latency < TIMELY_MILLIS;
    timely += isTimely ? 1 : 0;
    knownType += type == 0 ? 0 : 1;
    sound += isTimely && type != 0 ? 1 : 0;
    latencySumMillis += latency;
    latencyMillis.add(latency);
    latencyCounts[bucketOf(latency)]++;
    timestampMillis.add(event.timestampMillis());
    nullSessionIds += event.sessionId() == null ? 1 : 0;
    nullProperties += event.properties().isEmpty() ? 1 : 0;
    if (event.valueMicros() == null) {
      nullValues++;
    } else {
      valueMicros.add(event.valueMicros());
    }
  }

  /** Counts a dead letter. */
  public void refused(long offset, String stage) {
    at(offset);
    if (stage.equals(Stage.DECODE.code())) {
      decodeFailed++;
    } else {
      validateFailed++;
    }
  }

  /** Adds another part of the minute. */
  void add(MinuteTally other) {
    at(other.firstOffset);
    at(other.lastOffset);
    valid += other.valid;
    decodeFailed += other.decodeFailed;
    validateFailed += other.validateFailed;
    late += other.late;
    knownType += other.knownType;
    timely += other.timely;
    sound += other.sound;
    nullSessionIds += other.nullSessionIds;
    nullValues += other.nullValues;
    nullProperties += other.nullProperties;
    latencySumMillis += other.latencySumMillis;
    latencyMillis.add(other.latencyMillis);
    valueMicros.add(other.valueMicros);
    timestampMillis.add(other.timestampMillis);
    for (var bucket = 0; bucket < latencyCounts.length; bucket++) {
      latencyCounts[bucket] += other.latencyCounts[bucket];
    }
    for (var type = 0; type < typeCounts.length; type++) {
      typeCounts[type] += other.typeCounts[type];
    }
  }

  long received() {
    return valid + decodeFailed + validateFailed;
  }

  /** Writes all of it. */
  public void write(PackedWriter target) {
    target.writeSigned(firstOffset);
    target.writeSigned(lastOffset);
    for (var count : counts()) {
      target.writeUnsigned(count);
    }
    target.writeSigned(latencySumMillis);
    latencyMillis.write(target);
    valueMicros.write(target);
    timestampMillis.write(target);
    for (var count : latencyCounts) {
      target.writeUnsigned(count);
    }
    TypeCounts.write(typeCounts, target);
  }

  /** Reads what {@link #write} wrote; types may have been added since. */
  public static MinuteTally read(PackedReader source, EventTypes types) {
    var tally = new MinuteTally(types);
    tally.firstOffset = source.readSigned();
    tally.lastOffset = source.readSigned();
    tally.valid = source.readUnsigned();
    tally.decodeFailed = source.readUnsigned();
    tally.validateFailed = source.readUnsigned();
    tally.late = source.readUnsigned();
    tally.knownType = source.readUnsigned();
    tally.timely = source.readUnsigned();
    tally.sound = source.readUnsigned();
    tally.nullSessionIds = source.readUnsigned();
    tally.nullValues = source.readUnsigned();
    tally.nullProperties = source.readUnsigned();
    tally.latencySumMillis = source.readSigned();
    tally.latencyMillis.addWritten(source);
    tally.valueMicros.addWritten(source);
    tally.timestampMillis.addWritten(source);
    for (var bucket = 0; bucket < tally.latencyCounts.length; bucket++) {
      tally.latencyCounts[bucket] = source.readUnsigned();
    }
    TypeCounts.readInto(tally.typeCounts, source);
    return tally;
  }

  private long[] counts() {
    return new long[] {
      valid,
      decodeFailed,
      validateFailed,
      late,
      knownType,
      timely,
      sound,
      nullSessionIds,
      nullValues,
      nullProperties
    };
  }

  private void at(long offset) {
    if (offset != NO_OFFSET) {
      firstOffset = firstOffset == NO_OFFSET ? offset : Math.min(firstOffset, offset);
      lastOffset = Math.max(lastOffset, offset);
    }
  }

  private static int bucketOf(long latencyMillis) {
    var bucket = 0;
    while (bucket < LATENCY_BOUNDS_MILLIS.length
        && latencyMillis >= LATENCY_BOUNDS_MILLIS[bucket]) {
      bucket++;
    }
    return bucket;
  }
}
