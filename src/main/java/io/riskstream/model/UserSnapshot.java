package io.riskstream.model;

import java.util.Objects;

/**
 * All that the hot store knows of a user, absolute values only, so that the newest one replaces all
 * before it.
 *
 * @param scoreMicros provisional score in millionths, 0 to {@link Micros#ONE}
 * @param level name of the score's level in the ruleset
 * @param top whether that is the highest level
 * @param totalEvents accepted events
 * @param firstSeenMillis smallest timestamp of an accepted event
 * @param lastActivityMillis greatest timestamp of an accepted event
 * @param asOfMillis ingest time of the newest record in it, epoch milliseconds
 * @param watermarkMillis the user operator's watermark at the time; Long.MIN_VALUE if there is none
 * @param isFinal whether every event in it lies behind the finality line
 * @param ofArrival whether a record that arrived made it, and not the passing of time; not kept in
 *     the store, but only such snapshots tell its latency
 * @param version what decides which of two snapshots is newer
 */
public record UserSnapshot(
    String userId,
    int scoreMicros,
    String level,
    boolean top,
    long totalEvents,
    long firstSeenMillis,
    long lastActivityMillis,
    String rulesVersion,
    long asOfMillis,
    long watermarkMillis,
    boolean isFinal,
    boolean ofArrival,
    SnapshotVersion version)
    implements HotUpdate {
  public UserSnapshot {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(rulesVersion, "rulesVersion");
    Objects.requireNonNull(version, "version");
  }
}
