package io.riskstream.load;

import io.riskstream.load.event.EventDraft;
import io.riskstream.load.event.EventFormats;
import io.riskstream.load.scene.Stage;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The records that the settings ask for, in the order in which they are sent. The same settings
 * give the same bytes; no clock is read.
 *
 * <p>Events of the future are impossible, as intended, only where the start time is about now.
 */
public final class LoadPlan implements Iterator<PlannedRecord> {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final long HOUR_MILLIS = 3_600_000L;
  private static final int RECENT = 1024;

  /** An event that may be sent again. */
  private record Recent(EventDraft event, long timestampMillis) {}

  private final LoadSettings settings;
  private final EventFormats formats;
  private final UniformRandomProvider random;
  private final EventWriter events;
  private final Stage stage;
  private final Recent[] recent = new Recent[RECENT];
  private long planned;
  private int remembered;
  private int malformed;

  /** Plans records of JSON. */
  public LoadPlan(LoadSettings settings) {
    this(settings, EventFormats.json());
  }

  /** Plans records of the formats; each event keeps to one, also when it is sent again. */
  public LoadPlan(LoadSettings settings, EventFormats formats) {
    this.settings = settings;
    this.formats = formats;
    this.random = RandomSource.XO_RO_SHI_RO_128_PP.create(settings.seed());
    this.events = new EventWriter(settings, random);
    this.stage = new Stage(settings.idPrefix());
  }

  @Override
  public boolean hasNext() {
    return planned < settings.count();
  }

  @Override
  public PlannedRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var sendOffsetNanos = Math.round(planned * (NANOS_PER_SECOND / settings.ratePerSecond()));
    var timestampMillis = settings.startTimeMillis() + sendOffsetNanos / 1_000_000;
    var picked = settings.shares().pick(random.nextDouble());
    var kind = stage.isUrgent() ? RecordKind.SCENE : picked;
    var record = plan(kind, sendOffsetNanos, timestampMillis);
    planned++;
    return record;
  }

  private PlannedRecord plan(RecordKind kind, long sendOffsetNanos, long timestampMillis) {
    var horizon = settings.horizonMillis();
    return switch (kind) {
      case DUPLICATE, CONFLICTING_DUPLICATE -> repeat(kind, sendOffsetNanos, timestampMillis);
      case OUT_OF_ORDER ->
          shifted(kind, sendOffsetNanos, timestampMillis, -random.nextLong(horizon + 1));
      case LATE -> shifted(kind, sendOffsetNanos, timestampMillis, -lateBy(horizon));
      case FUTURE -> shifted(kind, sendOffsetNanos, timestampMillis, HOUR_MILLIS);
      case MALFORMED -> malformed(sendOffsetNanos, timestampMillis);
      case SCENE -> scene(sendOffsetNanos, timestampMillis);
      case ORDINARY, INPUT -> ordinary(sendOffsetNanos, timestampMillis);
      case PROFILE,
          PROFILE_OUT_OF_ORDER,
          PROFILE_SAME_TIME,
          PROFILE_LATE,
          PROFILE_MALFORMED,
          DOCUMENT,
          DOCUMENT_REPEATED,
          DOCUMENT_REFUSED ->
          throw new IllegalStateException("no kind of event: " + kind);
    };
  }

  private PlannedRecord ordinary(long sendOffsetNanos, long timestampMillis) {
    var event = events.next(planned, timestampMillis);
    recent[remembered++ % RECENT] = new Recent(event, timestampMillis);
    return record(RecordKind.ORDINARY, sendOffsetNanos, event);
  }

  private PlannedRecord scene(long sendOffsetNanos, long timestampMillis) {
    var act = stage.next(timestampMillis);
    var event = events.next(planned, act.userId(), act.eventType(), act.timestampMillis());
    return record(RecordKind.SCENE, sendOffsetNanos, event);
  }

  private PlannedRecord shifted(
      RecordKind kind, long sendOffsetNanos, long timestampMillis, long byMillis) {
    return record(kind, sendOffsetNanos, events.next(planned, timestampMillis + byMillis));
  }

  /** Mostly a little behind the line, but one in twenty is older than two days. */
  private long lateBy(long horizon) {
    var days = random.nextInt(20) == 0 ? 48 * HOUR_MILLIS : 0;
    return days + 2 * horizon + 1 + random.nextLong(horizon + 1);
  }

  private PlannedRecord repeat(RecordKind kind, long sendOffsetNanos, long timestampMillis) {
    var known = Math.min(remembered, RECENT);
    var original = known == 0 ? null : recent[random.nextInt(known)];
    var notFinalFor = settings.horizonMillis() / 2;
    if (original == null || timestampMillis - original.timestampMillis > notFinalFor) {
      return ordinary(sendOffsetNanos, timestampMillis);
    }
    var event = original.event;
    return record(
        kind,
        sendOffsetNanos,
        kind == RecordKind.DUPLICATE
            ? event
            : event.withProperty("conflict", Long.toString(planned)));
  }

  private PlannedRecord malformed(long sendOffsetNanos, long timestampMillis) {
    var event = events.next(planned, timestampMillis);
    var spoiled = formats.spoil(malformed++, event);
    var key = spoiled.keyed() ? event.key() : null;
    return new PlannedRecord(sendOffsetNanos, RecordKind.MALFORMED, key, spoiled.valueOrNull());
  }

  private PlannedRecord record(RecordKind kind, long sendOffsetNanos, EventDraft event) {
    return new PlannedRecord(sendOffsetNanos, kind, event.key(), formats.encode(event));
  }
}
