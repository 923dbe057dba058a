package io.riskstream.bench;

import static io.riskstream.testkit.Events.START;

import io.riskstream.packed.ChunkStore;
import io.riskstream.packed.PackedWriter;
import io.riskstream.testkit.MapChunkStore;
import java.time.Duration;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Users in a steady state: with each event time goes on, and each user is visited a 64th of the
 * horizon after the last visit, which is part of the cost, as it is in the operator. A head is
 * unpacked before each event and packed after it; chunks are in a map.
 */
@State(Scope.Thread)
public abstract class BenchmarkedUsers {
  static final long HORIZON_MILLIS = Duration.ofMinutes(30).toMillis();
  private static final long TICK_MILLIS = HORIZON_MILLIS / 64;
  private static final int ORDINARY_USERS = 1_000;
  private static final int ORDINARY_EVENTS = 20;
  private static final int HOT_EVENTS = 100_000;

  /** A thousand users with 20 events in the horizon each, or one with 100,000. */
  @Param({"ordinary", "hot"})
  String user;

  /** Whether an event is up to half the horizon behind the newest. */
  @Param({"in-order", "out-of-order"})
  String order;

  final PackedWriter packing = new PackedWriter();
  final PackedWriter scratch = new PackedWriter();
  private final SplittableRandom random = new SplittableRandom(7);
  byte[][] heads;
  MapChunkStore[] chunks;
  private long[] visited;
  private boolean isInOrder;
  private double millisPerEvent;
  private long number;

  /** Returns the packed head of a user who has no event. */
  abstract byte[] emptyHead();

  /** Unpacks the head, visits the user if the line is given, adds the event, packs the head. */
  abstract byte[] event(
      byte[] head, ChunkStore chunks, long number, long timestampMillis, long lineOrNever);

  /** Brings the users into their steady state. */
  @Setup(Level.Trial)
  public void fill() {
    var isHot = user.equals("hot");
    isInOrder = order.equals("in-order");
    heads = new byte[isHot ? 1 : ORDINARY_USERS][];
    chunks = new MapChunkStore[heads.length];
    visited = new long[heads.length];
    for (var at = 0; at < heads.length; at++) {
      heads[at] = emptyHead();
      chunks[at] = new MapChunkStore();
    }
    // Out of order, a quarter of the horizon's events are behind the line already.
    var events = (isHot ? HOT_EVENTS : ORDINARY_EVENTS * ORDINARY_USERS) * (isInOrder ? 3 : 4) / 3;
    millisPerEvent = (double) HORIZON_MILLIS / events;
    number = 0;
    for (var filled = 0; filled < 3 * events; filled++) {
      next();
    }
  }

  /** Takes the next event of the next user. */
  byte[] next() {
    number++;
    var at = (int) (number % heads.length);
    var now = nowMillis();
    var line = now - HORIZON_MILLIS;
    var isDue = line >= visited[at] + TICK_MILLIS;
    if (isDue) {
      visited[at] = line;
    }
    heads[at] = event(heads[at], chunks[at], number, timestamp(), isDue ? line : Long.MIN_VALUE);
    return heads[at];
  }

  /** Returns the timestamp of an event that comes now. */
  long timestamp() {
    return isInOrder ? nowMillis() : nowMillis() - random.nextLong(HORIZON_MILLIS / 2);
  }

  private long nowMillis() {
    return START + (long) (number * millisPerEvent);
  }
}
