package io.riskstream.pipeline.rebuild;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The rebuilds that a task has been asked for: those that the one under way answers, and those that
 * came after its begin, which the next one answers all together. However many ask, at most one
 * rebuild follows the one under way.
 */
public final class RebuildQueue {
  /** Ids remembered; beyond it a rebuild still answers, but does not name, the oldest. */
  public static final int MOST_IDS = 64;

  private Set<String> underWay = new LinkedHashSet<>();
  private Set<String> waiting = new LinkedHashSet<>();

  public void ask(String id) {
    if (!underWay.contains(id) && waiting.add(id) && waiting.size() > MOST_IDS) {
      waiting.remove(waiting.iterator().next());
    }
  }

  public boolean isEmpty() {
    return underWay.isEmpty() && waiting.isEmpty();
  }

  /** Begins the rebuild that answers all who wait; returns their ids. */
  public List<String> begin() {
    underWay = waiting;
    waiting = new LinkedHashSet<>();
    return List.copyOf(underWay);
  }

  /** Ends the rebuild under way; returns the ids that it has answered. */
  public List<String> end() {
    var answered = List.copyOf(underWay);
    underWay.clear();
    return answered;
  }

  /** Returns every id that has not been answered. */
  public List<String> all() {
    var all = new ArrayList<>(underWay);
    all.addAll(waiting);
    return all;
  }
}
