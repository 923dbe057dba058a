package io.riskstream.activity;

import io.riskstream.model.WindowFeatures;
import io.riskstream.model.WindowSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** A user's events in a list, all windows counted anew each time; forgets nothing. */
final class NaiveActivity {
  record Event(int typeNumber, long timestampMillis) {}

  /** A window that an event enters: the spec's place in the plan, and its start. */
  record Window(int spec, long startMillis) {}

  private final ActivityPlan plan;
  private final List<Event> events = new ArrayList<>();
  private long line = Long.MIN_VALUE;

  NaiveActivity(ActivityPlan plan) {
    this.plan = plan;
  }

  List<Window> add(int typeNumber, long timestampMillis) {
    var entered = new ArrayList<Window>();
    for (var at = 0; at < plan.live().size(); at++) {
      var spec = plan.live().get(at);
      for (var start : startsOf(spec, timestampMillis)) {
        var known = false;
        for (var event : events) {
          known |= event.typeNumber == typeNumber && isIn(event, spec, start);
        }
        if (!known) {
          entered.add(new Window(at, start));
        }
      }
    }
    events.add(new Event(typeNumber, timestampMillis));
    return entered;
  }

  WindowFeatures window(WindowSpec spec, long start) {
    var counts = new long[plan.types().size()];
    var count = 0L;
    var first = Long.MAX_VALUE;
    var last = Long.MIN_VALUE;
    for (var event : events) {
      if (isIn(event, spec, start)) {
        count++;
        counts[event.typeNumber]++;
        first = Math.min(first, event.timestampMillis);
        last = Math.max(last, event.timestampMillis);
      }
    }
    return new WindowFeatures(spec, start, count, counts, first, last);
  }

  List<WindowFeatures> closeLive(long newLine) {
    var closed = new ArrayList<WindowFeatures>();
    for (var spec : plan.live()) {
      closed.addAll(closed(spec, newLine));
    }
    closed.sort(
        Comparator.comparingLong(WindowFeatures::endMillis)
            .thenComparingInt(features -> plan.live().indexOf(features.window())));
    return closed;
  }

  List<WindowFeatures> closeTumbling(long newLine) {
    return closed(plan.tumbling(), newLine);
  }

  /** To be called after the others. */
  void setLine(long newLine) {
    line = Math.max(line, newLine);
  }

  long nextEndMillis() {
    var openTumbling = open(plan.tumbling());
    if (!openTumbling.isEmpty()) {
      return openTumbling.first();
    }
    var last = Long.MIN_VALUE;
    for (var spec : plan.live()) {
      var ends = open(spec);
      last = ends.isEmpty() ? last : Math.max(last, ends.last());
    }
    return last == Long.MIN_VALUE ? Long.MAX_VALUE : last;
  }

  private SortedSet<Long> open(WindowSpec spec) {
    var ends = new TreeSet<Long>();
    for (var event : events) {
      for (var start : startsOf(spec, event.timestampMillis)) {
        if (start + spec.sizeMillis() > line) {
          ends.add(start + spec.sizeMillis());
        }
      }
    }
    return ends;
  }

  private List<WindowFeatures> closed(WindowSpec spec, long newLine) {
    var closed = new ArrayList<WindowFeatures>();
    for (var end : open(spec)) {
      if (end <= newLine) {
        closed.add(window(spec, end - spec.sizeMillis()));
      }
    }
    return closed;
  }

  private static boolean isIn(Event event, WindowSpec spec, long start) {
    return event.timestampMillis >= start && event.timestampMillis < start + spec.sizeMillis();
  }

  private static List<Long> startsOf(WindowSpec spec, long timestampMillis) {
    var starts = new ArrayList<Long>();
    var newest = timestampMillis - timestampMillis % spec.slideMillis();
    for (var start = newest;
        start + spec.sizeMillis() > timestampMillis;
        start -= spec.slideMillis()) {
      starts.add(0, start);
    }
    return starts;
  }
}
