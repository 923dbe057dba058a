package io.riskstream.risk;

import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import io.riskstream.risk.state.PendingTail;
import io.riskstream.risk.state.RecentIds;
import java.util.ArrayList;
import java.util.List;

/**
 * The head of a user's state: one small packed value, read and written once an event. What could
 * grow with the user's traffic, identities and pending events, spills into chunks of its own.
 */
public final class UserState {
  private static final int LAYOUT = 1;

  /** Accepted events; kept for ever. */
  long totalEvents;

  /** Least timestamp of an accepted event; kept for ever. */
  long firstSeenMillis = Long.MAX_VALUE;

  /** Greatest timestamp of an accepted event; kept for ever. */
  long lastActivityMillis = Long.MIN_VALUE;

  /** Records that reached this user, whatever their verdict; kept for ever. */
  long routed;

  /** Greatest ingest time of these; kept for ever. */
  long asOfMillis = Long.MIN_VALUE;

  /** Score of all final events, in millionths; kept for ever. */
  int stableScoreMicros;

  /** Ledger rows emitted; kept for ever. */
  long ledgerRows;

  /** Finality line that the stable score has been brought up to; kept for ever. */
  long lineMillis = Long.MIN_VALUE;

  /**
   * Time of the one timer that the user has, or Long.MAX_VALUE; the operator sets and clears it.
   */
  private long timerMillis = Long.MAX_VALUE;

  /** Starts of cool-down buckets with an alert; cleared once the bucket is behind the line. */
  final List<Long> alertedBuckets;

  /** Identities of events that are not final; cleared by its own sweep. */
  final RecentIds recentIds;

  /** Score-relevant events that are not final; cleared when they become so. */
  final PendingTail pending;

  /** Makes the state of a user who has not been seen before. */
  public UserState() {
    this(new ArrayList<>(), new RecentIds(), new PendingTail());
  }

  private UserState(List<Long> alertedBuckets, RecentIds recentIds, PendingTail pending) {
    this.alertedBuckets = alertedBuckets;
    this.recentIds = recentIds;
    this.pending = pending;
  }

  /** Returns whether the user has an accepted event, and so something to show. */
  public boolean hasAccepted() {
    return totalEvents > 0;
  }

  public long timerMillis() {
    return timerMillis;
  }

  public void setTimerMillis(long timerMillis) {
    this.timerMillis = timerMillis;
  }

  /** Packs the head; its chunks have been written when they changed. */
  public byte[] pack(PackedWriter out) {
    out.reset();
    out.writeByte(LAYOUT);
    out.writeUnsigned(totalEvents);
    if (totalEvents > 0) {
      out.writeSigned(firstSeenMillis);
      out.writeUnsigned(lastActivityMillis - firstSeenMillis);
    }
    out.writeUnsigned(routed);
    out.writeLong(asOfMillis);
    out.writeUnsigned(stableScoreMicros);
    out.writeUnsigned(ledgerRows);
    out.writeLong(lineMillis);
    out.writeLong(timerMillis);
    out.writeUnsigned(alertedBuckets.size());
    for (var bucket : alertedBuckets) {
      out.writeSigned(bucket);
    }
    recentIds.writeTo(out);
    pending.writeTo(out);
    return out.toByteArray();
  }

  /**
   * Reads a packed head.
   *
   * @throws IllegalStateException if the layout is one that this version does not know
   */
  public static UserState unpack(byte[] packed) {
    var in = new PackedReader(packed);
    var layout = in.readByte();
    if (layout != LAYOUT) {
      throw new IllegalStateException(
          "user state has layout " + layout + ", this version reads " + LAYOUT);
    }
    var totalEvents = in.readUnsigned();
    var firstSeen = totalEvents > 0 ? in.readSigned() : Long.MAX_VALUE;
    var lastActivity = totalEvents > 0 ? firstSeen + in.readUnsigned() : Long.MIN_VALUE;
    var routed = in.readUnsigned();
    var asOf = in.readLong();
    var stableScore = Math.toIntExact(in.readUnsigned());
    var ledgerRows = in.readUnsigned();
    var line = in.readLong();
    var timer = in.readLong();
    var buckets = new ArrayList<Long>();
    for (var count = in.readUnsigned(); count > 0; count--) {
      buckets.add(in.readSigned());
    }
    var state = new UserState(buckets, RecentIds.readFrom(in), PendingTail.readFrom(in));
    state.totalEvents = totalEvents;
    state.firstSeenMillis = firstSeen;
    state.lastActivityMillis = lastActivity;
    state.routed = routed;
    state.asOfMillis = asOf;
    state.stableScoreMicros = stableScore;
    state.ledgerRows = ledgerRows;
    state.lineMillis = line;
    state.timerMillis = timer;
    return state;
  }
}
