package io.riskstream.rules.book;

import io.riskstream.model.Suppression;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The suppressions, found by the user or, where they are for all users, by the rule. */
public final class Suppressions {
  /** By id: its versions with their cuts. */
  private final Map<String, NavigableMap<Integer, Cut>> byId = new HashMap<>();

  /** By the user's id, "" for all users: the ids of suppressions with a version that names it. */
  private final Map<String, TreeMap<String, NavigableMap<Integer, Cut>>> byUser = new HashMap<>();

  private record Cut(long millis, Suppression suppression) {}

  /** Adds a version of a suppression. */
  public void add(long cutMillis, Suppression suppression) {
    var versions = byId.computeIfAbsent(suppression.id(), id -> new TreeMap<>());
    versions.put(suppression.version(), new Cut(cutMillis, suppression));
    var user = suppression.userIdOrNull() == null ? "" : suppression.userIdOrNull();
    byUser.computeIfAbsent(user, id -> new TreeMap<>()).put(suppression.id(), versions);
  }

  /** Returns whether a trigger of that event time is passed over. */
  public boolean suppresses(String userId, String ruleId, long timeMillis) {
    return !byUser.isEmpty()
        && (suppresses(byUser.get(userId), userId, ruleId, timeMillis)
            || suppresses(byUser.get(""), userId, ruleId, timeMillis));
  }

  private static boolean suppresses(
      Map<String, NavigableMap<Integer, Cut>> candidatesOrNull,
      String userId,
      String ruleId,
      long timeMillis) {
    if (candidatesOrNull == null) {
      return false;
    }
    for (var versions : candidatesOrNull.values()) {
      var inForce = inForceOrNull(versions, timeMillis);
      if (inForce != null && fits(inForce, userId, ruleId, timeMillis)) {
        return true;
      }
    }
    return false;
  }

  /** Of the versions whose cut is not after the time, the greatest. */
  private static Suppression inForceOrNull(NavigableMap<Integer, Cut> versions, long timeMillis) {
    for (var cut : versions.descendingMap().values()) {
      if (cut.millis() <= timeMillis) {
        return cut.suppression();
      }
    }
    return null;
  }

  private static boolean fits(
      Suppression suppression, String userId, String ruleId, long timeMillis) {
    return suppression.fromMillis() <= timeMillis
        && timeMillis < suppression.untilMillis()
        && (suppression.userIdOrNull() == null || suppression.userIdOrNull().equals(userId))
        && (suppression.ruleIdOrNull() == null || suppression.ruleIdOrNull().equals(ruleId));
  }
}
