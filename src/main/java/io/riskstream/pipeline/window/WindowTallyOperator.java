package io.riskstream.pipeline.window;

import io.riskstream.activity.ActivityPlan;
import io.riskstream.activity.Entered;
import io.riskstream.model.WindowSpec;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.BoundedOneInput;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Adds up a task's accepted events by slice and type, chained to the operator that accepts them; an
 * event costs one addition, and one for each kind of window that its user newly enters. What it has
 * is spread over the windows and handed on before each barrier, before each watermark, at a bound
 * of size and at the end of the input: it has no state, and a watermark comes after all sums of
 * what was accepted before it.
 */
final class WindowTallyOperator extends AbstractStreamOperator<WindowDelta>
    implements OneInputStreamOperator<WindowEntry, WindowDelta>, BoundedOneInput {
  private static final long serialVersionUID = 1L;

  private final ActivityPlan plan;
  private final int mostSums;

  private record TypeSlice(int typeNumber, long startMillis) {}

  /** Of a spec, by its place in the plan. */
  private record TypeWindows(int spec, int typeNumber) {}

  /** Cleared by {@link #flush}, as are the users. */
  private transient Map<TypeSlice, WindowSums> slices;

  /** By start of a window: how many more users it has than the window one slide before it. */
  private transient Map<TypeWindows, TreeMap<Long, Long>> userSteps;

  private transient int steps;
  private transient long sliceMillis;

  WindowTallyOperator(ActivityPlan plan, int mostSums) {
    this.plan = plan;
    this.mostSums = mostSums;
  }

  @Override
  public void open() throws Exception {
    super.open();
    slices = new HashMap<>();
    userSteps = new HashMap<>();
    sliceMillis = plan.sliceMillis();
  }

  @Override
  public void processElement(StreamRecord<WindowEntry> element) {
    var entry = element.getValue();
    var start = Math.floorDiv(entry.timestampMillis(), sliceMillis) * sliceMillis;
    var slice = new TypeSlice(entry.typeNumber(), start);
    slices.put(
        slice, slices.getOrDefault(slice, WindowSums.NONE).plusEvent(entry.valueMicrosOrNull()));
    countUser(entry.typeNumber(), entry.entered());
    if (slices.size() + steps >= mostSums) {
      flush();
    }
  }

  private void countUser(int typeNumber, Entered entered) {
    for (var spec = 0; spec < plan.live().size(); spec++) {
      var first = entered.firstStarts()[spec];
      var last = entered.lastStarts()[spec];
      if (first <= last) {
        var byStart =
            userSteps.computeIfAbsent(
                new TypeWindows(spec, typeNumber), windows -> new TreeMap<>());
        steps -= byStart.size();
        byStart.merge(first, 1L, Long::sum);
        byStart.merge(last + plan.live().get(spec).slideMillis(), -1L, Long::sum);
        steps += byStart.size();
      }
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    flush();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    flush();
  }

  @Override
  public void endInput() {
    flush();
  }

  private void flush() {
    for (var spec = 0; spec < plan.live().size(); spec++) {
      var window = plan.live().get(spec);
      var byType = new HashMap<Integer, Map<Long, WindowSums>>();
      spread(window, byType);
      addUsers(spec, byType);
      byType.forEach((type, sums) -> emit(window, plan.types().nameOf(type), sums));
    }
    slices.clear();
    userSteps.clear();
    steps = 0;
  }

  private void spread(WindowSpec window, Map<Integer, Map<Long, WindowSums>> byType) {
    slices.forEach(
        (slice, sums) -> {
          var byStart = byType.computeIfAbsent(slice.typeNumber(), type -> new TreeMap<>());
          var last = window.lastStart(slice.startMillis());
          for (var start = window.firstStart(slice.startMillis());
              start <= last;
              start += window.slideMillis()) {
            byStart.merge(start, sums, WindowSums::plus);
          }
        });
  }

  /** Every window that a user enters has an event, so none is added here. */
  private void addUsers(int spec, Map<Integer, Map<Long, WindowSums>> byType) {
    byType.forEach(
        (type, byStart) -> {
          var changes = userSteps.get(new TypeWindows(spec, type));
          if (changes != null) {
            var users = 0L;
            for (var window : byStart.entrySet()) {
              while (!changes.isEmpty() && changes.firstKey() <= window.getKey()) {
                users += changes.pollFirstEntry().getValue();
              }
              window.setValue(window.getValue().plusUsers(users));
            }
          }
        });
  }

  private void emit(WindowSpec window, String eventType, Map<Long, WindowSums> byStart) {
    byStart.forEach(
        (start, sums) ->
            output.collect(
                new StreamRecord<>(
                    new WindowDelta(
                        new WindowKey(window.name(), eventType, start),
                        start + window.sizeMillis(),
                        sums))));
  }
}
