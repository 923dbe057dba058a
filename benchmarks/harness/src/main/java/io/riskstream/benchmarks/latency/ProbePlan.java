package io.riskstream.benchmarks.latency;

import io.riskstream.load.PlannedRecord;
import io.riskstream.load.RecordKind;
import io.riskstream.load.event.EventDraft;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Events of users of its own at even times. The probes among them are told of before they are sent,
 * with the time that was planned; what is planned depends on no answer.
 */
final class ProbePlan implements Iterator<PlannedRecord> {
  /** So many that none of them has more than 100 events in 5 minutes, which would be an alert. */
  static final int VISITORS = 100;

  /** The failed logins after which a user's score, 0 at first, has come to 0.8: an alert. */
  static final int LOGINS_TO_ALERT = 8;

  private static final double NANOS_PER_SECOND = 1e9;

  /** Is told of each probe. */
  @FunctionalInterface
  interface Opened {
    /**
     * Takes note of a probe.
     *
     * @param dueNanos when it is to be sent, counted from the start of the load
     */
    void opened(String userId, String eventId, long dueNanos);
  }

  private final String prefix;
  private final String eventType;
  private final int eventsPerUser;
  private final int users;
  private final double ratePerSecond;
  private final long events;
  private final long startMillis;
  private final Opened opened;
  private long planned;

  private ProbePlan(
      String prefix,
      String eventType,
      int eventsPerUser,
      int users,
      double ratePerSecond,
      long events,
      long startMillis,
      Opened opened) {
    this.prefix = prefix;
    this.eventType = eventType;
    this.eventsPerUser = eventsPerUser;
    this.users = users;
    this.ratePerSecond = ratePerSecond;
    this.events = events;
    this.startMillis = startMillis;
    this.opened = opened;
  }

  /** Page views of a few users in turn; each event is a probe. */
  static ProbePlan visits(
      String idPrefix, double ratePerSecond, long events, long startMillis, Opened opened) {
    return new ProbePlan(
        idPrefix + "visit-", "page_view", 1, VISITORS, ratePerSecond, events, startMillis, opened);
  }

  /**
   * Failed logins of one user after the other, each user under attack once; the one that must raise
   * an alert is the probe.
   *
   * @param events cut down to whole attacks
   */
  static ProbePlan attacks(
      String idPrefix, double ratePerSecond, long events, long startMillis, Opened opened) {
    return new ProbePlan(
        idPrefix + "attack-",
        "failed_login",
        LOGINS_TO_ALERT,
        Integer.MAX_VALUE,
        ratePerSecond,
        events - events % LOGINS_TO_ALERT,
        startMillis,
        opened);
  }

  /** Returns how many events there are in all. */
  long events() {
    return events;
  }

  @Override
  public boolean hasNext() {
    return planned < events;
  }

  @Override
  public PlannedRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var dueNanos = Math.round(planned * (NANOS_PER_SECOND / ratePerSecond));
    var timestamp = startMillis + dueNanos / 1_000_000;
    var user = prefix + planned / eventsPerUser % users;
    var event =
        new EventDraft(
            prefix + "event-" + planned, user, eventType, Long.toString(timestamp), "", "");
    planned++;
    if (planned % eventsPerUser == 0) {
      opened.opened(user, event.eventId(), dueNanos);
    }
    return new PlannedRecord(dueNanos, RecordKind.ORDINARY, event.key(), event.bytes());
  }
}
