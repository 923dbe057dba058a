package io.riskstream.sink.hotstore;

import io.riskstream.model.UserSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest unwritten snapshot of each user, those on their way to the store included; a user that
 * is held always gets its newest, a further one only below the capacity. For one thread at a time.
 */
final class PendingSnapshots {
  private final int capacity;
  private final Map<String, UserSnapshot> waiting = new LinkedHashMap<>();
  private final Map<String, UserSnapshot> onTheirWay = new LinkedHashMap<>();

  /** Users that are both waiting and on their way; zero again when the batch ends. */
  private int heldTwice;

  /**
   * Starts with what a checkpoint kept, which is held even beyond the capacity.
   *
   * @param capacity most users held
   */
  PendingSnapshots(int capacity, Collection<UserSnapshot> restored) {
    this.capacity = capacity;
    restored.forEach(this::hold);
  }

  /** Returns false if the user is not held and there is no room for it. */
  boolean offer(UserSnapshot snapshot) {
    var userId = snapshot.userId();
    if (waiting.containsKey(userId) || onTheirWay.containsKey(userId) || size() < capacity) {
      hold(snapshot);
      return true;
    }
    return false;
  }

  /** Moves at most that many of the longest waiting users on their way. */
  List<UserSnapshot> takeBatch(int most) {
    if (!onTheirWay.isEmpty()) {
      throw new IllegalStateException("one batch at a time");
    }
    var batch = new ArrayList<UserSnapshot>(Math.min(most, waiting.size()));
    for (var entries = waiting.values().iterator(); entries.hasNext() && batch.size() < most; ) {
      batch.add(entries.next());
      entries.remove();
    }
    batch.forEach(snapshot -> onTheirWay.put(snapshot.userId(), snapshot));
    return batch;
  }

  /** Ends the batch; of it, the unwritten ones wait again unless newer ones do. */
  void endBatch(Collection<UserSnapshot> unwritten) {
    onTheirWay.clear();
    heldTwice = 0;
    unwritten.forEach(this::hold);
  }

  boolean isEmpty() {
    return waiting.isEmpty() && onTheirWay.isEmpty();
  }

  boolean nothingWaits() {
    return waiting.isEmpty();
  }

  /** Returns the number of users held. */
  int size() {
    return waiting.size() + onTheirWay.size() - heldTwice;
  }

  /** Returns the newest snapshot of each user held. */
  List<UserSnapshot> newest() {
    var newest = new LinkedHashMap<>(onTheirWay);
    waiting.forEach((userId, snapshot) -> newest.merge(userId, snapshot, PendingSnapshots::newer));
    return List.copyOf(newest.values());
  }

  private void hold(UserSnapshot snapshot) {
    var userId = snapshot.userId();
    if (onTheirWay.containsKey(userId) && !waiting.containsKey(userId)) {
      heldTwice++;
    }
    waiting.merge(userId, snapshot, PendingSnapshots::newer);
  }

  private static UserSnapshot newer(UserSnapshot held, UserSnapshot other) {
    return other.version().compareTo(held.version()) >= 0 ? other : held;
  }
}
