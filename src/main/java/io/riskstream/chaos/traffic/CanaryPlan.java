package io.riskstream.chaos.traffic;

import io.riskstream.load.PlannedRecord;
import io.riskstream.load.RecordKind;
import io.riskstream.load.event.EventDraft;
import io.riskstream.load.event.EventFormats;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Events of one user at even times, for as long as the load lasts; its newest timestamp in the hot
 * store says how old the newest answer there is.
 */
final class CanaryPlan implements Iterator<PlannedRecord> {
  private static final Duration STEP = Duration.ofMillis(200);

  private final String user;
  private final byte[] key;
  private final EventFormats formats;
  private final long startMillis;
  private final long events;
  private long planned;

  /**
   * @param idPrefix of the load, so that each load has a canary of its own
   */
  CanaryPlan(String idPrefix, EventFormats formats, long startMillis, Duration length) {
    this.user = "canary-" + idPrefix;
    this.key = draft(0).key();
    this.formats = formats;
    this.startMillis = startMillis;
    this.events = length.toMillis() / STEP.toMillis();
  }

  String user() {
    return user;
  }

  /** Returns whether the record is the canary's. */
  boolean isOfCanary(PlannedRecord record) {
    return Arrays.equals(key, record.key());
  }

  /** Returns the timestamp of the canary's record. */
  long timestampMillis(PlannedRecord record) {
    return startMillis + record.sendOffsetNanos() / 1_000_000;
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
    var draft = draft(planned);
    var dueNanos = planned * STEP.toNanos();
    planned++;
    return new PlannedRecord(dueNanos, RecordKind.ORDINARY, key, formats.encode(draft));
  }

  private EventDraft draft(long number) {
    var timestamp = startMillis + number * STEP.toMillis();
    return new EventDraft(
        user + number, user, "page_view", Long.toString(timestamp), "", "\"device\":\"canary\"");
  }
}
