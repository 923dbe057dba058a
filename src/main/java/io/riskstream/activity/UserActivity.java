package io.riskstream.activity;

import io.riskstream.model.WindowFeatures;
import io.riskstream.model.WindowSpec;
import io.riskstream.packed.ChunkStore;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * A user's events in slices of event time, from which any window of the plan is summed up. A slice
 * is dropped once every window that holds it is closed.
 */
public final class UserActivity {
  /** Where no line has been seen; far enough from the least number for all arithmetic. */
  private static final long NO_LINE = Long.MIN_VALUE / 2;

  private final SliceTree slices;

  /** Not packed where there is no slice: every window of an event still to come is then open. */
  private long closedLine;

  /** Start of the first tumbling window that is open and has an event; greatest where none has. */
  private long nextTumblingStart;

  /** Of the plan that the slices were made by; 0 where there is none. */
  private int madeBy;

  public UserActivity() {
    this(new SliceTree(), NO_LINE, Long.MAX_VALUE, 0);
  }

  private UserActivity(SliceTree slices, long closedLine, long nextTumblingStart, int madeBy) {
    this.slices = slices;
    this.closedLine = closedLine;
    this.nextTumblingStart = nextTumblingStart;
    this.madeBy = madeBy;
  }

  /**
   * Counts the event, which is not behind the line that was closed last: so all of its windows are
   * open.
   *
   * @throws IllegalStateException if the slices were made for other windows
   */
  public Entered add(
      int typeNumber,
      long timestampMillis,
      ActivityPlan plan,
      ChunkStore chunks,
      PackedWriter scratch) {
    if (timestampMillis < closedLine) {
      throw new IllegalStateException(
          "an event of %d for windows that were closed at %d"
              .formatted(timestampMillis, closedLine));
    }
    checkMadeBy(plan);
    var sliceMillis = plan.sliceMillis();
    var own = Math.floorDiv(timestampMillis, sliceMillis);
    var isFirst = slices.add(own, typeNumber, timestampMillis, chunks, scratch);
    nextTumblingStart = Math.min(nextTumblingStart, plan.tumbling().lastStart(timestampMillis));
    return isFirst
        ? entered(typeNumber, own, sliceMillis, plan, chunks)
        : nowhere(plan.live().size());
  }

  /**
   * Returns the windows that hold the slice and no other one with the type: those that start after
   * the nearest before it, and end no later than the nearest behind it starts.
   */
  private Entered entered(
      int typeNumber, long own, long sliceMillis, ActivityPlan plan, ChunkStore chunks) {
    var longest = 0L;
    for (var window : plan.live()) {
      longest = Math.max(longest, window.sizeMillis() / sliceMillis);
    }
    var before = slices.lastOf(typeNumber, own - longest + 1, own, chunks);
    var behind = slices.firstOf(typeNumber, own + 1, own + longest, chunks);
    var entered = nowhere(plan.live().size());
    for (var at = 0; at < plan.live().size(); at++) {
      var window = plan.live().get(at);
      var first = window.firstStart(own * sliceMillis);
      var last = window.lastStart(own * sliceMillis);
      if (before != SliceTree.NONE) {
        first = Math.max(first, window.lastStart(before * sliceMillis) + window.slideMillis());
      }
      if (behind != SliceTree.NONE) {
        last = Math.min(last, window.lastStart(behind * sliceMillis - window.sizeMillis()));
      }
      entered.firstStarts()[at] = first;
      entered.lastStarts()[at] = last;
    }
    return entered;
  }

  private static Entered nowhere(int windows) {
    var entered = new Entered(new long[windows], new long[windows]);
    Arrays.fill(entered.lastStarts(), -1);
    return entered;
  }

  /** Returns the features of a window that is not closed; its count is 0 if no event is in it. */
  public WindowFeatures window(
      WindowSpec window, long startMillis, ActivityPlan plan, ChunkStore chunks) {
    checkMadeBy(plan);
    var sliceMillis = plan.sliceMillis();
    var from = Math.floorDiv(startMillis, sliceMillis);
    var sum = slices.sum(from, from + window.sizeMillis() / sliceMillis, chunks);
    var types = plan.types().size();
    if (sum.counts().length > types) {
      throw new IllegalStateException(
          "events of %d types were counted, and now there are %d: events.types may only be extended"
              .formatted(sum.counts().length, types));
    }
    var counts = Arrays.copyOf(sum.counts(), types);
    return new WindowFeatures(
        window,
        startMillis,
        Arrays.stream(counts).sum(),
        counts,
        sum.firstMillis(),
        sum.lastMillis());
  }

  /**
   * Closes the windows that end at or before the line and were not closed before, and hands over
   * those that have an event: live ones by their end, then in the plan's order; tumbling ones by
   * their end. Costs in proportion to these, however far the line has come.
   */
  public void closeUntil(
      long line,
      ActivityPlan plan,
      ChunkStore chunks,
      PackedWriter scratch,
      Consumer<WindowFeatures> live,
      Consumer<WindowFeatures> tumbling) {
    if (line <= closedLine) {
      return;
    }
    if (slices.isEmpty()) {
      closedLine = line;
      return;
    }
    checkMadeBy(plan);
    closeLive(line, plan, chunks, live);
    while (nextTumblingStart != Long.MAX_VALUE
        && plan.tumbling().sizeMillis() <= line - nextTumblingStart) {
      tumbling.accept(window(plan.tumbling(), nextTumblingStart, plan, chunks));
      nextTumblingStart =
          nextStart(
              plan.tumbling(), nextTumblingStart + plan.tumbling().slideMillis(), plan, chunks);
    }
    closedLine = line;
    var needed = firstOpenStart(plan.tumbling(), line);
    for (var window : plan.live()) {
      needed = Math.min(needed, firstOpenStart(window, line));
    }
    slices.dropBefore(needed / plan.sliceMillis(), chunks, scratch);
  }

  private void closeLive(
      long line, ActivityPlan plan, ChunkStore chunks, Consumer<WindowFeatures> closed) {
    var windows = plan.live();
    var next = new long[windows.size()];
    for (var at = 0; at < next.length; at++) {
      var window = windows.get(at);
      next[at] = nextStart(window, firstOpenStart(window, closedLine), plan, chunks);
    }
    for (var at = earliest(next, plan, line); at >= 0; at = earliest(next, plan, line)) {
      var window = windows.get(at);
      closed.accept(window(window, next[at], plan, chunks));
      next[at] = nextStart(window, next[at] + window.slideMillis(), plan, chunks);
    }
  }

  /** Returns which spec's next window ends first, at the line at the latest; −1 if none does. */
  private static int earliest(long[] nextStarts, ActivityPlan plan, long line) {
    var earliest = -1;
    var earliestEnd = Long.MAX_VALUE;
    for (var at = 0; at < nextStarts.length; at++) {
      if (nextStarts[at] != Long.MAX_VALUE) {
        var end = nextStarts[at] + plan.live().get(at).sizeMillis();
        if (end <= line && end < earliestEnd) {
          earliest = at;
          earliestEnd = end;
        }
      }
    }
    return earliest;
  }

  /** Returns the first start, not before the one given, of a window that has an event. */
  private long nextStart(WindowSpec window, long start, ActivityPlan plan, ChunkStore chunks) {
    var sliceMillis = plan.sliceMillis();
    var slice = slices.first(Math.floorDiv(start, sliceMillis), Long.MAX_VALUE, chunks);
    return slice == SliceTree.NONE
        ? Long.MAX_VALUE
        : Math.max(start, window.firstStart(slice * sliceMillis));
  }

  /** Returns the start of the first window that a line leaves open. */
  private static long firstOpenStart(WindowSpec window, long line) {
    return window.lastStart(line - window.sizeMillis()) + window.slideMillis();
  }

  /**
   * Returns the end of the first tumbling window that is open and has an event, or, if all are
   * closed and slices are left, the end of the last live window; Long.MAX_VALUE if nothing is left.
   */
  public long nextEndMillis(ActivityPlan plan) {
    if (slices.isEmpty()) {
      return Long.MAX_VALUE;
    }
    if (nextTumblingStart != Long.MAX_VALUE) {
      return nextTumblingStart + plan.tumbling().sizeMillis();
    }
    var end = Long.MIN_VALUE;
    for (var window : plan.live()) {
      end = Math.max(end, window.lastStart(slices.lastMillis()) + window.sizeMillis());
    }
    return end;
  }

  private void checkMadeBy(ActivityPlan plan) {
    var fingerprint = fingerprint(plan);
    if (slices.isEmpty()) {
      madeBy = fingerprint;
    } else if (madeBy != fingerprint) {
      throw new IllegalStateException(
          "windows.live and activity.size are not those that this state was made with; windows that"
              + " are open would be wrong: set them back, or start without this state");
    }
  }

  private static int fingerprint(ActivityPlan plan) {
    var fingerprint = Long.hashCode(plan.tumbling().sizeMillis());
    for (var window : plan.live()) {
      fingerprint = 31 * fingerprint + Long.hashCode(window.sizeMillis());
      fingerprint = 31 * fingerprint + Long.hashCode(window.slideMillis());
    }
    return fingerprint;
  }

  /** Writes the state; in between, what is read of the chunks is remembered. */
  public void writeTo(PackedWriter out) {
    out.writeByte(slices.isEmpty() ? 0 : 1);
    if (!slices.isEmpty()) {
      out.writeSigned(closedLine);
      out.writeSigned(nextTumblingStart);
      out.writeSigned(madeBy);
      slices.writeTo(out);
    }
  }

  public static UserActivity readFrom(PackedReader in) {
    if (in.readByte() == 0) {
      return new UserActivity();
    }
    var closedLine = in.readSigned();
    var nextTumblingStart = in.readSigned();
    var madeBy = Math.toIntExact(in.readSigned());
    return new UserActivity(SliceTree.readFrom(in), closedLine, nextTumblingStart, madeBy);
  }
}
