package io.riskstream.risk;

import io.riskstream.activity.UserActivity;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import io.riskstream.risk.alert.UserAlerts;
import io.riskstream.risk.profile.ProfileVersions;
import io.riskstream.risk.state.Contributions;
import io.riskstream.risk.state.PendingTail;
import io.riskstream.risk.state.RecentIds;

/**
 * The head of a user's state: one small packed value, read and written once an event. What could
 * grow with the user's traffic, identities, pending events and slices, spills into chunks of its
 * own; so does what is long and seldom read, profiles and alerts.
 */
public final class UserState {
  private static final int LAYOUT = 3;

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

  /** What made the stable score; by event type, cleared when the score is 0. */
  Contributions contributions = new Contributions();

  /** Alerts whose bucket is not final; cleared when it becomes so. */
  UserAlerts alerts = new UserAlerts();

  /** Versions of the profile that can still be asked for; dropped when they cannot. */
  ProfileVersions profiles = new ProfileVersions();

  /** Counts in slices of event time; dropped when all windows that hold a slice are closed. */
  UserActivity activity = new UserActivity();

  /** Identities of events that are not final; cleared by its own sweep. */
  final RecentIds recentIds;

  /** Score-relevant events that are not final; cleared when they become so. */
  final PendingTail pending;

  /** Makes the state of a user who has not been seen before. */
  public UserState() {
    this(new RecentIds(), new PendingTail());
  }

  private UserState(RecentIds recentIds, PendingTail pending) {
    this.recentIds = recentIds;
    this.pending = pending;
  }

  /** Returns whether the user has an accepted event, and so something to show. */
  public boolean hasAccepted() {
    return totalEvents > 0;
  }

  /** Returns the greatest timestamp of an accepted event, Long.MIN_VALUE before the first. */
  public long lastActivityMillis() {
    return lastActivityMillis;
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
    recentIds.writeTo(out);
    pending.writeTo(out);
    contributions.writeTo(out);
    alerts.writeTo(out);
    profiles.writeTo(out);
    activity.writeTo(out);
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
    var state = new UserState(RecentIds.readFrom(in), PendingTail.readFrom(in));
    state.contributions = Contributions.readFrom(in);
    state.alerts = UserAlerts.readFrom(in);
    state.profiles = ProfileVersions.readFrom(in);
    state.activity = UserActivity.readFrom(in);
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
