package io.riskstream.risk;

import io.riskstream.model.Alert;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.Micros;
import io.riskstream.model.SnapshotVersion;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserSnapshot;
import io.riskstream.packed.ChunkStore;
import io.riskstream.packed.PackedWriter;
import io.riskstream.risk.state.PendingEvent;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * What an event, and the passing of the finality line, do to a user. Not thread-safe; one instance
 * serves all users of a task.
 *
 * <p>Final results depend on the set of accepted events alone: the stable score is the fold of what
 * lies behind the line, in order of time and id; everything else is pending, in the same order, and
 * the provisional score is the fold of both.
 */
public final class UserRisk {
  private final Ruleset ruleset;
  private final HighScoreAlerts highScore;
  private final PackedWriter scratch = new PackedWriter();

  public UserRisk(Ruleset ruleset) {
    this.ruleset = ruleset;
    this.highScore = new HighScoreAlerts(ruleset);
  }

  /**
   * Takes an event that reached its user.
   *
   * @param line the finality line now, epoch milliseconds; Long.MIN_VALUE if there is none
   * @param raised gets the alert that the event raises, if any
   * @throws IllegalStateException if the end of the input has made the user's state final for ever
   */
  public Verdict accept(
      UserState user, UserEvent event, long line, ChunkStore chunks, Consumer<Alert> raised) {
    if (user.lineMillis == Long.MAX_VALUE) {
      throw new IllegalStateException(
          "the state was drained, so that every further event would be late;"
              + " go on from a savepoint that was made without --drain");
    }
    user.routed++;
    user.asOfMillis = Math.max(user.asOfMillis, event.coordinates().ingestTimeMillis());
    var passed = Math.max(line, user.lineMillis);
    if (event.late() || event.timestampMillis() < passed) {
      return Verdict.LATE;
    }
    var identity = EventHashes.identity(event);
    var answer =
        user.recentIds.add(
            identity[0],
            identity[1],
            event.timestampMillis(),
            EventHashes.content(event),
            passed,
            chunks);
    return switch (answer) {
      case SAME -> Verdict.DUPLICATE;
      case DIFFERENT -> Verdict.CONFLICTING_DUPLICATE;
      case NEW -> {
        count(user, event, chunks, raised);
        yield Verdict.ACCEPTED;
      }
    };
  }

  /**
   * Takes an event that was accepted or called late before, as it was. All of a user's events come
   * before any of them becomes final.
   */
  public Verdict acceptRecorded(
      UserState user, UserEvent event, ChunkStore chunks, Consumer<Alert> raised) {
    user.routed++;
    user.asOfMillis = Math.max(user.asOfMillis, event.coordinates().ingestTimeMillis());
    if (event.late()) {
      return Verdict.LATE;
    }
    count(user, event, chunks, raised);
    return Verdict.ACCEPTED;
  }

  private void count(UserState user, UserEvent event, ChunkStore chunks, Consumer<Alert> raised) {
    user.totalEvents++;
    user.firstSeenMillis = Math.min(user.firstSeenMillis, event.timestampMillis());
    user.lastActivityMillis = Math.max(user.lastActivityMillis, event.timestampMillis());
    var weight = ruleset.weightsMicros().get(event.eventType());
    if (weight == null) {
      return;
    }
    var pending =
        PendingEvent.of(event.timestampMillis(), event.eventId(), event.eventType(), weight);
    var before = user.pending.insert(pending, chunks, scratch).applyTo(user.stableScoreMicros);
    var after = pending.effect().applyTo(before);
    highScore.judge(user, event.userId(), pending, before, after, false, raised);
  }

  /** Makes final what lies behind the line: ledger rows in order, alerts not raised before. */
  public void finalizeBefore(
      UserState user,
      String userId,
      long line,
      ChunkStore chunks,
      Consumer<LedgerRow> ledger,
      Consumer<Alert> raised) {
    user.pending.removeBefore(
        line, chunks, scratch, event -> finalizeOne(user, userId, event, ledger, raised));
    user.recentIds.sweep(line, chunks);
    highScore.clearBefore(user, line);
    user.lineMillis = Math.max(user.lineMillis, line);
  }

  private void finalizeOne(
      UserState user,
      String userId,
      PendingEvent event,
      Consumer<LedgerRow> ledger,
      Consumer<Alert> raised) {
    var before = user.stableScoreMicros;
    var after = event.effect().applyTo(before);
    user.stableScoreMicros = after;
    user.ledgerRows++;
    ledger.accept(
        LedgerRow.newBuilder()
            .setUserId(userId)
            .setEventId(event.eventId())
            .setEventType(event.eventType())
            .setEventTime(Instant.ofEpochMilli(event.timestampMillis()))
            .setSequence(user.ledgerRows)
            .setScoreBefore(Micros.toDecimal(before))
            .setWeight(Micros.toDecimal(event.weightMicros()))
            .setDelta(Micros.toDecimal(after - before))
            .setScoreAfter(Micros.toDecimal(after))
            .setRulesVersion(ruleset.version())
            .setFinal$(true)
            .build());
    highScore.judge(user, userId, event, before, after, true, raised);
  }

  /** Returns whether every score-relevant event of the user is final. */
  public boolean isFinal(UserState user) {
    return user.pending.isEmpty();
  }

  /**
   * Returns when the user must be visited next: the timestamp of the event whose turn to become
   * final, or to be forgotten, comes first; Long.MAX_VALUE if nothing is waiting.
   */
  public long nextDueMillis(UserState user) {
    if (!user.pending.isEmpty()) {
      return user.pending.firstMillis();
    }
    return user.recentIds.isEmpty() ? Long.MAX_VALUE : user.recentIds.latestMillis();
  }

  /** Returns the user as the hot store shows it; the user must have an accepted event. */
  public UserSnapshot snapshot(
      UserState user, String userId, boolean ofArrival, long watermark, int epoch, int attempt) {
    var score = user.pending.effect().applyTo(user.stableScoreMicros);
    return new UserSnapshot(
        userId,
        score,
        ruleset.levelOf(score),
        user.totalEvents,
        user.firstSeenMillis,
        user.lastActivityMillis,
        ruleset.version(),
        user.asOfMillis,
        watermark,
        user.pending.isEmpty(),
        ofArrival,
        new SnapshotVersion(epoch, user.routed, user.lineMillis, attempt));
  }
}
