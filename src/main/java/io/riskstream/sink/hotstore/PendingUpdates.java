package io.riskstream.sink.hotstore;

import io.riskstream.model.HotAlert;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.HotWindow;
import io.riskstream.model.RebuildMark;
import io.riskstream.model.UserSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest unwritten update of each user, alert and kind of window, those on their way to the
 * store included; a key that is held always gets its newest, a further one only below the capacity,
 * which users have for themselves, and all others for themselves. Marks are always held, and come
 * behind all that was there before them. For one thread at a time.
 */
final class PendingUpdates {
  /** An alert's key, which no user id is equal to. */
  private record AlertKey(String alertId) {}

  private record WindowKey(String name) {}

  private final int capacity;
  private final Map<Object, HotUpdate> waiting = new LinkedHashMap<>();
  private final Map<Object, HotUpdate> onTheirWay = new LinkedHashMap<>();

  /** Keys that are both waiting and on their way; zero again when the batch ends. */
  private int heldTwice;

  /** Keys held that are no user's. */
  private int others;

  /**
   * Starts with what a checkpoint kept, which is held even beyond the capacity.
   *
   * @param capacity most users held
   */
  PendingUpdates(int capacity, Collection<? extends HotUpdate> restored) {
    this.capacity = capacity;
    restored.forEach(this::hold);
  }

  /** Returns false if the user or alert is not held and there is no room for it. */
  boolean offer(HotUpdate update) {
    var key = keyOf(update);
    if (waiting.containsKey(key) || onTheirWay.containsKey(key) || hasRoomFor(update)) {
      hold(update);
      return true;
    }
    return false;
  }

  /** Moves at most that many of the longest waiting updates on their way. */
  List<HotUpdate> takeBatch(int most) {
    if (!onTheirWay.isEmpty()) {
      throw new IllegalStateException("one batch at a time");
    }
    var batch = new ArrayList<HotUpdate>(Math.min(most, waiting.size()));
    for (var entries = waiting.values().iterator(); entries.hasNext() && batch.size() < most; ) {
      batch.add(entries.next());
      entries.remove();
    }
    batch.forEach(update -> onTheirWay.put(keyOf(update), update));
    return batch;
  }

  /**
   * Ends the batch; the unwritten of it wait again in front of all others, and so before any mark
   * that came after them, each in its newest version.
   */
  void endBatch(Collection<? extends HotUpdate> unwritten) {
    for (var update : onTheirWay.entrySet()) {
      if (!(update.getValue() instanceof UserSnapshot) && !waiting.containsKey(update.getKey())) {
        others--;
      }
    }
    onTheirWay.clear();
    heldTwice = 0;
    if (!unwritten.isEmpty()) {
      holdInFront(unwritten);
    }
  }

  private void holdInFront(Collection<? extends HotUpdate> unwritten) {
    var later = new LinkedHashMap<>(waiting);
    waiting.clear();
    for (var update : unwritten) {
      var key = keyOf(update);
      var already = later.remove(key);
      if (already == null) {
        hold(update);
      } else {
        waiting.put(key, newer(update, already));
      }
    }
    waiting.putAll(later);
  }

  boolean isEmpty() {
    return waiting.isEmpty() && onTheirWay.isEmpty();
  }

  boolean nothingWaits() {
    return waiting.isEmpty();
  }

  /** Returns the number of keys held. */
  int size() {
    return waiting.size() + onTheirWay.size() - heldTwice;
  }

  /** Returns the newest update of each key held. */
  List<HotUpdate> newest() {
    var newest = new LinkedHashMap<>(onTheirWay);
    waiting.forEach((key, update) -> newest.merge(key, update, PendingUpdates::newer));
    return List.copyOf(newest.values());
  }

  private boolean hasRoomFor(HotUpdate update) {
    return update instanceof RebuildMark
        || (update instanceof UserSnapshot ? size() - others : others) < capacity;
  }

  private void hold(HotUpdate update) {
    var key = keyOf(update);
    if (!waiting.containsKey(key)) {
      if (onTheirWay.containsKey(key)) {
        heldTwice++;
      } else if (!(update instanceof UserSnapshot)) {
        others++;
      }
    }
    waiting.merge(key, update, PendingUpdates::newer);
  }

  private static Object keyOf(HotUpdate update) {
    if (update instanceof UserSnapshot user) {
      return user.userId();
    }
    if (update instanceof HotWindow window) {
      return new WindowKey(window.name());
    }
    return update instanceof HotAlert alert ? new AlertKey(alert.alertId()) : update;
  }

  private static HotUpdate newer(HotUpdate held, HotUpdate other) {
    if (held instanceof UserSnapshot heldUser && other instanceof UserSnapshot otherUser) {
      return otherUser.version().compareTo(heldUser.version()) >= 0 ? other : held;
    }
    if (held instanceof HotAlert heldAlert && other instanceof HotAlert otherAlert) {
      return otherAlert.version().compareTo(heldAlert.version()) >= 0 ? other : held;
    }
    if (held instanceof HotWindow heldWindow && other instanceof HotWindow otherWindow) {
      return otherWindow.version().compareTo(heldWindow.version()) >= 0 ? other : held;
    }
    return other;
  }
}
