package io.riskstream.risk;

import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.SnapshotVersion;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserSnapshot;
import io.riskstream.packed.ChunkStore;
import io.riskstream.packed.PackedWriter;
import io.riskstream.risk.state.PendingEvent;
import io.riskstream.rules.ActiveRules;
import io.riskstream.rules.Rulebook;
import java.nio.charset.StandardCharsets;

/**
 * What an event, an update of the profile, and the passing of the finality line, do to a user. Not
 * thread-safe; one instance serves all users of a task.
 *
 * <p>Final results depend on the sets of accepted events, updates and documents alone: the stable
 * score is the fold of what lies behind the line, in order of time and id; everything else is
 * pending, in the same order, and the provisional score is the fold of both.
 */
public final class UserRisk {
  private final Rulebook rulebook;
  private final RiskPlan plan;
  private final EventJudge events;
  private final WindowJudge windows;
  private final PackedWriter scratch = new PackedWriter();

  /** Judges by the book, which may get further documents while this is in use. */
  public UserRisk(Rulebook rulebook, RiskPlan plan, RuleObserver observer) {
    this.rulebook = rulebook;
    this.plan = plan;
    this.events = new EventJudge(rulebook, observer, scratch);
    this.windows = new WindowJudge(rulebook, plan, observer);
  }

  /**
   * Takes an event that reached its user.
   *
   * @param line the finality line now, epoch milliseconds; Long.MIN_VALUE if there is none
   * @param out gets the alerts that the event raises or amends, and the windows it enters
   * @throws IllegalStateException if the end of the input has made the user's state final for ever
   */
  public Verdict accept(
      UserState user, UserEvent event, long line, ChunkStore chunks, UserOutput out) {
    checkNotDrained(user);
    arrived(user, event);
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
        count(visit(user, event.userId(), chunks, out), event);
        yield Verdict.ACCEPTED;
      }
    };
  }

  /**
   * Takes an event that was accepted or called late before, as it was. All of a user's events come
   * before any of them becomes final.
   */
  public Verdict acceptRecorded(
      UserState user, UserEvent event, ChunkStore chunks, UserOutput out) {
    arrived(user, event);
    if (event.late()) {
      return Verdict.LATE;
    }
    count(visit(user, event.userId(), chunks, out), event);
    return Verdict.ACCEPTED;
  }

  /**
   * Takes an update of the user's profile; one that is late, or behind the line, is ignored.
   *
   * @return whether it holds from its timestamp on
   */
  public boolean accept(UserState user, ProfileUpdate update, long line, ChunkStore chunks) {
    checkNotDrained(user);
    if (update.late() || update.timestampMillis() < Math.max(line, user.lineMillis)) {
      return false;
    }
    user.profiles.add(update.timestampMillis(), update.attributes(), chunks, scratch);
    return true;
  }

  /**
   * Checks that the user can take more.
   *
   * @throws IllegalStateException if the end of the input has made the user's state final for ever
   */
  public static void checkNotDrained(UserState user) {
    if (user.lineMillis == Long.MAX_VALUE) {
      throw new IllegalStateException(
          "the state was drained, so that every further record would be late;"
              + " go on from a savepoint that was made without --drain");
    }
  }

  private static void arrived(UserState user, UserEvent event) {
    user.routed++;
    user.asOfMillis = Math.max(user.asOfMillis, event.coordinates().ingestTimeMillis());
  }

  private Visit visit(UserState user, String userId, ChunkStore chunks, UserOutput out) {
    return new Visit(user, userId, chunks, out, rulebook, plan);
  }

  private void count(Visit visit, UserEvent event) {
    var user = visit.user;
    var time = event.timestampMillis();
    user.totalEvents++;
    user.firstSeenMillis = Math.min(user.firstSeenMillis, time);
    user.lastActivityMillis = Math.max(user.lastActivityMillis, time);
    var number = plan.activity().types().numberOf(event.eventType());
    visit.out.entered(
        number, user.activity.add(number, time, plan.activity(), visit.chunks, scratch));
    var rules = rulebook.at(time);
    if (rules.isRelevant(event.eventType())) {
      var pending = pending(event, rules);
      var before =
          user.pending.insert(pending, visit.chunks, scratch).applyTo(user.stableScoreMicros);
      events.judgeArrival(visit, pending, rules, before, pending.effect().applyTo(before));
    }
    windows.judgeArrival(visit, time);
  }

  private static PendingEvent pending(UserEvent event, ActiveRules rules) {
    var ruleset = rules.ruleset();
    return new PendingEvent(
        event.timestampMillis(),
        event.eventId().getBytes(StandardCharsets.UTF_8),
        event.eventType(),
        rules.weightMicros(event.eventType()),
        ruleset.floorMicros(),
        ruleset.ceilingMicros(),
        Keeping.of(event, rules.kept(event.eventType())));
  }

  /**
   * Makes final what lies behind the line: ledger rows in order, windows in the order of their
   * ends, and with them the alerts whose buckets are over.
   */
  public void finalizeBefore(
      UserState user, String userId, long line, ChunkStore chunks, UserOutput out) {
    var visit = visit(user, userId, chunks, out);
    user.pending.removeBefore(line, chunks, scratch, event -> finalizeOne(visit, event));
    user.activity.closeUntil(
        line,
        plan.activity(),
        chunks,
        scratch,
        window -> windows.judgeFinal(visit, window),
        window -> out.activityRow(FinalRows.activity(visit, window, rulebook, plan)));
    user.alerts.closeUntil(line, chunks, out::alert);
    user.profiles.dropUntil(line, plan.profileMaxAgeMillis(), chunks);
    user.recentIds.sweep(line, chunks);
    user.lineMillis = Math.max(user.lineMillis, line);
  }

  private void finalizeOne(Visit visit, PendingEvent event) {
    var user = visit.user;
    var rules = rulebook.at(event.timestampMillis());
    var before = user.stableScoreMicros;
    var after = event.effect().applyTo(before);
    user.stableScoreMicros = after;
    user.contributions.add(event.eventType(), after - before, after);
    user.ledgerRows++;
    visit.out.ledgerRow(FinalRows.ledger(visit, event, rules, before, after));
    events.judgeFinal(visit, event, rules, before, after);
  }

  /** Returns whether every score-relevant event of the user is final. */
  public boolean isFinal(UserState user) {
    return user.pending.isEmpty();
  }

  /**
   * Returns when the user must be visited next: once the finality line has passed this time,
   * something that waits can become final or be forgotten; Long.MAX_VALUE if nothing waits.
   */
  public long nextDueMillis(UserState user) {
    var due = user.pending.isEmpty() ? Long.MAX_VALUE : user.pending.firstMillis();
    due = Math.min(due, before(user.alerts.nextEndMillis()));
    due = Math.min(due, before(user.activity.nextEndMillis(plan.activity())));
    due = Math.min(due, before(user.profiles.firstDropMillis(plan.profileMaxAgeMillis())));
    return user.pending.isEmpty() && !user.recentIds.isEmpty()
        ? Math.min(due, user.recentIds.latestMillis())
        : due;
  }

  private static long before(long endMillis) {
    return endMillis == Long.MAX_VALUE ? Long.MAX_VALUE : endMillis - 1;
  }

  /** Returns the user as the hot store shows it; the user must have an accepted event. */
  public UserSnapshot snapshot(
      UserState user, String userId, boolean ofArrival, long watermark, int epoch, int attempt) {
    var score = user.pending.effect().applyTo(user.stableScoreMicros);
    var ruleset = rulebook.at(user.lastActivityMillis).ruleset();
    return new UserSnapshot(
        userId,
        score,
        ruleset.levelOf(score),
        score >= ruleset.topLevelMicros(),
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
