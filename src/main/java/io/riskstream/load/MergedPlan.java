package io.riskstream.load;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Several plans as one: each record when it is due, of those due at once the one of the plan named
 * first.
 */
public final class MergedPlan implements Iterator<PlannedRecord> {
  private final List<Iterator<PlannedRecord>> plans;
  private final PlannedRecord[] heads;

  /**
   * @param plans each in the order in which its records are due
   */
  public MergedPlan(List<Iterator<PlannedRecord>> plans) {
    this.plans = List.copyOf(plans);
    this.heads = new PlannedRecord[plans.size()];
  }

  @Override
  public boolean hasNext() {
    return earliest() >= 0;
  }

  @Override
  public PlannedRecord next() {
    var plan = earliest();
    if (plan < 0) {
      throw new NoSuchElementException();
    }
    var record = heads[plan];
    heads[plan] = null;
    return record;
  }

  private int earliest() {
    var earliest = -1;
    for (var i = 0; i < heads.length; i++) {
      if (heads[i] == null && plans.get(i).hasNext()) {
        heads[i] = plans.get(i).next();
      }
      if (heads[i] != null
          && (earliest < 0 || heads[i].sendOffsetNanos() < heads[earliest].sendOffsetNanos())) {
        earliest = i;
      }
    }
    return earliest;
  }
}
