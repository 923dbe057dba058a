package io.riskstream.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.model.EventTypes;
import io.riskstream.model.WindowFeatures;
import io.riskstream.model.WindowSpec;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import io.riskstream.testkit.MapChunkStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class UserActivityTest {
  private static final long START = 1_767_225_600_000L;
  private static final long SECOND = 1_000;
  private static final long MINUTE = 60 * SECOND;
  private static final EventTypes TYPES = new EventTypes(List.of("login", "purchase", "click"));
  private static final WindowSpec FIVE_MINUTES = new WindowSpec("5m/1m", 5 * MINUTE, MINUTE);
  private static final WindowSpec ONE_MINUTE = new WindowSpec("1m/30s", MINUTE, 30 * SECOND);
  private static final WindowSpec TEN_MINUTES = new WindowSpec("10m", 10 * MINUTE, 10 * MINUTE);
  private static final ActivityPlan PLAN =
      new ActivityPlan(List.of(FIVE_MINUTES, ONE_MINUTE), TEN_MINUTES, TYPES);

  private final MapChunkStore chunks = new MapChunkStore();
  private final PackedWriter scratch = new PackedWriter();

  @Provide
  Arbitrary<ActivityPlan> plans() {
    return Arbitraries.of(
        PLAN,
        new ActivityPlan(List.of(), TEN_MINUTES, TYPES),
        new ActivityPlan(
            List.of(
                new WindowSpec("90s/45s", 90 * SECOND, 45 * SECOND),
                new WindowSpec("2m/2m", 2 * MINUTE, 2 * MINUTE)),
            new WindowSpec("7m", 7 * MINUTE, 7 * MINUTE),
            TYPES),
        new ActivityPlan(
            List.of(new WindowSpec("60m/10s", 60 * MINUTE, 10 * SECOND)),
            new WindowSpec("20s", 20 * SECOND, 20 * SECOND),
            TYPES));
  }

  @Property(tries = 120)
  void agreesWithAListOfEvents(
      @ForAll("plans") ActivityPlan plan,
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 250) int events,
      @ForAll @IntRange(min = 1, max = 7_200) int spreadSeconds) {
    var activity = new UserActivity();
    var model = new NaiveActivity(plan);
    var line = START + random.nextInt(1_000_000);
    for (var event = 0; event < events; event++) {
      var timestamp = line + random.nextInt(spreadSeconds * 1_000);
      timestamp -= random.nextInt(4) == 0 ? Math.min(timestamp - line, timestamp % MINUTE) : 0;
      var type = random.nextInt(TYPES.size());
      var entered = activity.add(type, timestamp, plan, chunks, scratch);
      assertThat(windowsOf(entered, plan)).isEqualTo(model.add(type, timestamp));
      for (var window : plan.live()) {
        for (var start : List.of(window.firstStart(timestamp), window.lastStart(timestamp))) {
          assertThat(activity.window(window, start, plan, chunks))
              .isEqualTo(model.window(window, start));
        }
      }
      assertThat(activity.nextEndMillis(plan)).isEqualTo(model.nextEndMillis());
      activity = random.nextInt(3) == 0 ? repacked(activity) : activity;
      if (random.nextInt(12) == 0) {
        var next = line + random.nextInt(spreadSeconds * 600);
        line = Math.max(line, random.nextBoolean() ? next - next % MINUTE : next);
        closeBoth(activity, model, plan, line);
        activity = repacked(activity);
      }
    }
    closeBoth(activity, model, plan, Long.MAX_VALUE);
    assertThat(activity.nextEndMillis(plan)).isEqualTo(Long.MAX_VALUE);
    assertThat(chunks.size()).isZero();
    activity.writeTo(scratch.reset());
    assertThat(scratch.toByteArray()).hasSize(1);
  }

  private void closeBoth(UserActivity activity, NaiveActivity model, ActivityPlan plan, long line) {
    var live = new ArrayList<WindowFeatures>();
    var tumbling = new ArrayList<WindowFeatures>();
    activity.closeUntil(line, plan, chunks, scratch, live::add, tumbling::add);
    assertThat(live).isEqualTo(model.closeLive(line));
    assertThat(tumbling).isEqualTo(model.closeTumbling(line));
    model.setLine(line);
    assertThat(activity.nextEndMillis(plan)).isEqualTo(model.nextEndMillis());
  }

  @Test
  void closingCostsAsMuchAsThereAreWindowsWithEventsHoweverFarTheLineJumps() {
    var activity = new UserActivity();
    activity.add(1, START, PLAN, chunks, scratch);
    activity.add(1, START + Duration.ofDays(30_000).toMillis(), PLAN, chunks, scratch);
    List<WindowFeatures> live = new ArrayList<>();
    List<WindowFeatures> tumbling = new ArrayList<>();
    activity.closeUntil(Long.MAX_VALUE, PLAN, chunks, scratch, live::add, tumbling::add);
    assertThat(live).hasSize(2 * (5 + 2));
    assertThat(tumbling).hasSize(2);
  }

  @Test
  void touchesFewBoundedChunksHoweverManySlicesAreKept() {
    var activity = new UserActivity();
    var random = new Random(5);
    var worst = 0;
    var largestHead = 0;
    for (var slice = 0; slice < 20_000; slice++) {
      var inOrder = START + 30 * SECOND * slice;
      var outOfOrder = START + 30 * SECOND * random.nextInt(slice + 1);
      for (var timestamp : List.of(inOrder, outOfOrder)) {
        chunks.takeAccesses();
        activity.add(random.nextInt(4), timestamp, PLAN, chunks, scratch);
        activity.window(FIVE_MINUTES, FIVE_MINUTES.lastStart(timestamp), PLAN, chunks);
        worst = Math.max(worst, chunks.takeAccesses());
        activity = repacked(activity);
        largestHead = Math.max(largestHead, scratch.toByteArray().length);
      }
    }
    assertThat(worst).isLessThanOrEqualTo(12);
    assertThat(chunks.largestBytes()).isLessThan(1_024);
    assertThat(largestHead).isLessThan(1_024);
  }

  @Test
  void needsNoChunkForFewSlicesAndGivesThemBackWhenABusyUserCalmsDown() {
    var activity = new UserActivity();
    for (var slice = 0; slice < SliceTree.INLINE; slice++) {
      activity.add(1, START + 30 * SECOND * slice, PLAN, chunks, scratch);
    }
    assertThat(chunks.size()).isZero();
    for (var slice = 0; slice < 1_000; slice++) {
      activity.add(1, START + 30 * SECOND * slice, PLAN, chunks, scratch);
    }
    assertThat(chunks.size()).isGreaterThan(60);
    Consumer<WindowFeatures> ignored = features -> {};
    activity.closeUntil(START + 1_000 * 30 * SECOND, PLAN, chunks, scratch, ignored, ignored);
    assertThat(activity.nextEndMillis(PLAN)).isEqualTo(START + 504 * MINUTE);
    assertThat(chunks.size()).isZero();
    activity.closeUntil(START + 1_008 * 30 * SECOND, PLAN, chunks, scratch, ignored, ignored);
    assertThat(chunks.size()).isZero();
  }

  @Test
  void anEventOnAWindowsEdgeBelongsToTheWindowThatBeginsThere() {
    var activity = new UserActivity();
    activity.add(1, START + MINUTE, PLAN, chunks, scratch);
    assertThat(activity.window(ONE_MINUTE, START, PLAN, chunks).count()).isZero();
    assertThat(activity.window(ONE_MINUTE, START + MINUTE, PLAN, chunks).count()).isOne();
  }

  @Test
  void refusesAnEventOfAClosedWindowAndStateOfOtherWindows() {
    var activity = new UserActivity();
    activity.add(1, START, PLAN, chunks, scratch);
    activity.closeUntil(START, PLAN, chunks, scratch, closed -> {}, closed -> {});
    assertThatThrownBy(() -> activity.add(1, START - 1, PLAN, chunks, scratch))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed at " + START);
    var other = new ActivityPlan(List.of(FIVE_MINUTES), TEN_MINUTES, TYPES);
    assertThatThrownBy(() -> repacked(activity).add(1, START, other, chunks, scratch))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("windows.live");
    var fewerTypes = new ActivityPlan(PLAN.live(), TEN_MINUTES, new EventTypes(List.of()));
    assertThatThrownBy(() -> activity.window(FIVE_MINUTES, START, fewerTypes, chunks))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("events.types may only be extended");
  }

  @Test
  void goesOnWhereTypesWereAddedAtTheEnd() {
    var activity = new UserActivity();
    activity.add(3, START, PLAN, chunks, scratch);
    var more =
        new ActivityPlan(
            PLAN.live(),
            TEN_MINUTES,
            new EventTypes(List.of("login", "purchase", "click", "ad_click")));
    activity.add(4, START, more, chunks, scratch);
    assertThat(activity.window(FIVE_MINUTES, START, more, chunks).counts())
        .containsExactly(0, 0, 0, 1, 1);
  }

  private UserActivity repacked(UserActivity activity) {
    activity.writeTo(scratch.reset());
    return UserActivity.readFrom(new PackedReader(scratch.toByteArray()));
  }

  private static List<NaiveActivity.Window> windowsOf(Entered entered, ActivityPlan plan) {
    var windows = new ArrayList<NaiveActivity.Window>();
    for (var at = 0; at < plan.live().size(); at++) {
      var slide = plan.live().get(at).slideMillis();
      for (var start = entered.firstStarts()[at];
          start <= entered.lastStarts()[at];
          start += slide) {
        windows.add(new NaiveActivity.Window(at, start));
      }
    }
    return windows;
  }
}
