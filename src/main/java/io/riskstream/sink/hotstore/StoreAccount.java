package io.riskstream.sink.hotstore;

import io.riskstream.model.HotRebuild;
import io.riskstream.model.RebuildMark;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a writer owes the store: users are missing there once one was dropped, or once the store
 * turned out to be another than the one it filled, or its server to have started anew since. The
 * debt is paid by a rebuild that began after the last such incident and came through, and by
 * nothing else; for each debt one document asks, and a further one only when a rebuild did not
 * suffice. For several threads.
 */
final class StoreAccount {
  /** After which a document that no rebuild answers counts as lost. */
  private static final Duration LONGEST_WITHOUT_ANSWER = Duration.ofMinutes(5);

  /** So that a store that is too slow for good is not filled anew without end. */
  private static final Duration BETWEEN_REQUESTS = Duration.ofSeconds(10);

  private static final int REBUILDS_REMEMBERED = 8;

  private final Clock clock;
  private final int subtask;
  private final int parallelism;
  private final Deque<String> rebuilds = new ArrayDeque<>();

  /** Whether other subtasks of the user operator may hold the users that are missing. */
  private boolean missedByOthers;

  private String storeIdOrNull;
  private long degradedSinceMillis;
  private boolean incomplete;
  private String askedIdOrNull;
  private boolean underWay;
  private boolean isPublished;

  /** By the monotonic clock, as is the next. */
  private long notBeforeNanos = System.nanoTime();

  private long answerByNanos;
  private long usersRebuilt;
  private long alertsDroppedMillis;

  /**
   * @param memories what checkpoints kept; of several writers where the parallelism has changed
   */
  StoreAccount(int subtask, int parallelism, Collection<StoreMemory> memories, Clock clock) {
    this.subtask = subtask;
    this.parallelism = parallelism;
    this.clock = clock;
    memories.forEach(this::recall);
  }

  private void recall(StoreMemory memory) {
    var isOwn = memory.subtask() == subtask && memory.parallelism() == parallelism;
    if (memory.storeIdOrNull() != null) {
      storeIdOrNull = memory.storeIdOrNull();
    }
    alertsDroppedMillis = Math.max(alertsDroppedMillis, memory.alertsDroppedMillis());
    missedByOthers |= !isOwn;
    if (memory.degradedSinceMillis() != 0) {
      degradedSinceMillis =
          degradedSinceMillis == 0
              ? memory.degradedSinceMillis()
              : Math.min(degradedSinceMillis, memory.degradedSinceMillis());
      incomplete |= memory.incomplete() || !isOwn;
      if (isOwn) {
        askedIdOrNull = memory.askedIdOrNull();
        isPublished = askedIdOrNull != null;
        answerByNanos = System.nanoTime() + LONGEST_WITHOUT_ANSWER.toNanos();
      }
    }
  }

  synchronized StoreMemory memory() {
    return new StoreMemory(
        storeIdOrNull,
        degradedSinceMillis,
        incomplete,
        isPublished ? askedIdOrNull : null,
        alertsDroppedMillis,
        subtask,
        parallelism);
  }

  /** Notes that a user was dropped. */
  synchronized void userMissed() {
    if (degradedSinceMillis == 0) {
      degradedSinceMillis = clock.millis();
    }
    incomplete = true;
  }

  /** Notes that an alert was dropped, or that those before now are gone. */
  synchronized void alertMissed() {
    alertsDroppedMillis = clock.millis();
  }

  /**
   * Notes which store it is.
   *
   * @return whether it is another than the one that was filled, or may have gone back
   */
  synchronized boolean storeIs(String id) {
    var isAnother = storeIdOrNull != null && !storeIdOrNull.equals(id);
    storeIdOrNull = id;
    if (isAnother) {
      userMissed();
      alertMissed();
    }
    return isAnother;
  }

  /** A rebuild has begun: what was missed up to now is to come. */
  synchronized void begun(RebuildMark mark) {
    if (isOwn(mark)) {
      underWay = true;
      incomplete = false;
    }
  }

  /** All that a rebuild has shown is in the store. */
  synchronized void done(RebuildMark mark) {
    if (!isOwn(mark)) {
      return;
    }
    underWay = false;
    usersRebuilt += mark.users();
    for (var id : mark.ids()) {
      rebuilds.addLast(id);
      if (rebuilds.size() > REBUILDS_REMEMBERED) {
        rebuilds.removeFirst();
      }
    }
    if (!incomplete || (askedIdOrNull != null && mark.ids().contains(askedIdOrNull))) {
      askedIdOrNull = null;
      isPublished = false;
    }
    if (!incomplete) {
      degradedSinceMillis = 0;
      missedByOthers = false;
    }
  }

  /** Returns the document that has to be published now, if any; each is returned once. */
  synchronized Optional<HotRebuild> toAsk() {
    var nowNanos = System.nanoTime();
    var isAnswerDue = askedIdOrNull == null || (isPublished && nowNanos - answerByNanos >= 0);
    if (degradedSinceMillis == 0 || underWay || !isAnswerDue || nowNanos - notBeforeNanos < 0) {
      return Optional.empty();
    }
    isPublished = false;
    answerByNanos = nowNanos + LONGEST_WITHOUT_ANSWER.toNanos();
    askedIdOrNull = "writer-" + subtask + "-" + UUID.randomUUID();
    notBeforeNanos = nowNanos + BETWEEN_REQUESTS.toNanos();
    return Optional.of(
        new HotRebuild(
            askedIdOrNull,
            1,
            clock.millis(),
            "users are missing in the hot store since " + degradedSinceMillis,
            missedByOthers ? null : subtask,
            missedByOthers ? null : parallelism));
  }

  /** Notes that the document is kept in the control topic. */
  synchronized void asked(HotRebuild document) {
    isPublished |= document.id().equals(askedIdOrNull);
  }

  synchronized boolean isDegraded() {
    return degradedSinceMillis != 0;
  }

  /** Returns since when users are missing, epoch milliseconds; 0 if none are. */
  synchronized long degradedSinceMillis() {
    return degradedSinceMillis;
  }

  synchronized long usersRebuilt() {
    return usersRebuilt;
  }

  synchronized long alertsDroppedMillis() {
    return alertsDroppedMillis;
  }

  /** Returns the ids of the last rebuilds that came through, the newest last. */
  synchronized List<String> rebuilds() {
    return List.copyOf(rebuilds);
  }

  /** After a change of parallelism, a mark that a checkpoint kept speaks of another's users. */
  private boolean isOwn(RebuildMark mark) {
    return mark.subtask() == subtask && mark.parallelism() == parallelism;
  }
}
