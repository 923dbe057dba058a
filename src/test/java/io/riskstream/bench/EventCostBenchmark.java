package io.riskstream.bench;

import static io.riskstream.testkit.Events.START;

import io.riskstream.activity.Entered;
import io.riskstream.activity.UserActivity;
import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.Coordinates;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.UserEvent;
import io.riskstream.model.WindowSpec;
import io.riskstream.packed.ChunkStore;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import io.riskstream.risk.RuleObserver;
import io.riskstream.risk.UserOutput;
import io.riskstream.risk.UserRisk;
import io.riskstream.risk.UserState;
import io.riskstream.risk.state.PendingEvent;
import io.riskstream.risk.state.PendingTail;
import io.riskstream.risk.state.RecentIds;
import io.riskstream.rules.ActiveRules;
import io.riskstream.rules.EventFacts;
import io.riskstream.rules.RuleOutcome;
import io.riskstream.rules.Rulesets;
import io.riskstream.testkit.MapChunkStore;
import io.riskstream.testkit.Plans;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What an event costs in each part of a user's state, and in all of it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class EventCostBenchmark {
  private static final List<String> TYPES =
      List.of("failed_login", "successful_login", "page_view", "purchase");
  private static final int[] TYPE_NUMBERS =
      TYPES.stream().mapToInt(Plans.DEFAULT.types()::numberOf).toArray();

  /** The score's fold: the pending tail. */
  public static class FoldUsers extends BenchmarkedUsers {
    @Override
    byte[] emptyHead() {
      return packed(new PendingTail());
    }

    @Override
    byte[] event(byte[] head, ChunkStore chunks, long number, long timestamp, long line) {
      var tail = PendingTail.readFrom(new PackedReader(head));
      if (line != Long.MIN_VALUE) {
        tail.removeBefore(line, chunks, scratch, event -> {});
      }
      tail.insert(
          PendingEvent.of(timestamp, "event-" + number, "failed_login", 100_000), chunks, scratch);
      return packed(tail);
    }

    private byte[] packed(PendingTail tail) {
      tail.writeTo(packing.reset());
      return packing.toByteArray();
    }
  }

  /** The slices of activity. */
  public static class SliceUsers extends BenchmarkedUsers {
    @Override
    byte[] emptyHead() {
      return packed(new UserActivity());
    }

    @Override
    byte[] event(byte[] head, ChunkStore chunks, long number, long timestamp, long line) {
      var activity = UserActivity.readFrom(new PackedReader(head));
      if (line != Long.MIN_VALUE) {
        activity.closeUntil(line, Plans.DEFAULT, chunks, scratch, live -> {}, tumbling -> {});
      }
      var type = TYPE_NUMBERS[typeOf(number)];
      activity.add(type, timestamp, Plans.DEFAULT, chunks, scratch);
      return packed(activity);
    }

    private byte[] packed(UserActivity activity) {
      activity.writeTo(packing.reset());
      return packing.toByteArray();
    }
  }

  /** The identities that tell duplicates. */
  public static class DedupeUsers extends BenchmarkedUsers {
    @Override
    byte[] emptyHead() {
      return packed(new RecentIds());
    }

    @Override
    byte[] event(byte[] head, ChunkStore chunks, long number, long timestamp, long line) {
      var ids = RecentIds.readFrom(new PackedReader(head));
      if (line != Long.MIN_VALUE) {
        ids.sweep(line, chunks);
      }
      ids.add(mixed(number), mixed(~number), timestamp, number, line, chunks);
      return packed(ids);
    }

    private byte[] packed(RecentIds ids) {
      ids.writeTo(packing.reset());
      return packing.toByteArray();
    }
  }

  /** All that an accepted event goes through, by the rules of default-1. */
  public static class WholeUsers extends BenchmarkedUsers {
    private final UserRisk risk =
        new UserRisk(Plans.book(Rulesets.defaults()), Plans.RISK, RuleObserver.NONE);
    private final Ignored ignored = new Ignored();

    @Override
    byte[] emptyHead() {
      return new UserState().pack(packing);
    }

    @Override
    byte[] event(byte[] head, ChunkStore chunks, long number, long timestamp, long line) {
      var user = UserState.unpack(head);
      if (line != Long.MIN_VALUE) {
        risk.finalizeBefore(user, "user", line, chunks, ignored);
      }
      var event =
          new UserEvent(
              "event-" + number,
              "user",
              TYPES.get(typeOf(number)),
              timestamp,
              null,
              null,
              Map.of(),
              new Coordinates("events", 0, number, timestamp),
              false);
      risk.accept(user, event, line, chunks, ignored);
      return user.pack(packing);
    }
  }

  /** A user's slices, which the default rules look at. */
  @State(Scope.Thread)
  public static class JudgedUser {
    private static final WindowSpec SPEC = Plans.FIVE_MINUTES;

    /** All windows that hold an event, which are looked at first as one. */
    private static final WindowSpec AROUND =
        new WindowSpec(SPEC.name(), 2 * SPEC.sizeMillis() - SPEC.slideMillis(), SPEC.slideMillis());

    /** Four events in the last five minutes, or 16,000. */
    @Param({"ordinary", "hot"})
    String user;

    private final MapChunkStore chunks = new MapChunkStore();
    private final PackedWriter scratch = new PackedWriter();
    private final ActiveRules rules = Plans.book(Rulesets.defaults()).at(START);
    private final EventFacts facts =
        new EventFacts(
            "event", "failed_login", START, null, null, Map.of(), 0, 100_000, null, Map.of());
    private byte[] head;

    /** Fills the slices. */
    @Setup(Level.Trial)
    public void fill() {
      var activity = new UserActivity();
      var events = user.equals("hot") ? 100_000 : 20;
      for (var number = 0; number < events; number++) {
        activity.add(
            TYPE_NUMBERS[typeOf(number)],
            START + number * BenchmarkedUsers.HORIZON_MILLIS / events,
            Plans.DEFAULT,
            chunks,
            scratch);
      }
      activity.writeTo(scratch.reset());
      head = scratch.toByteArray();
    }

    /** Judges what the newest event would be judged on, if it were a failed login. */
    int judge() {
      var activity = UserActivity.readFrom(new PackedReader(head));
      var newest = START + BenchmarkedUsers.HORIZON_MILLIS - 1;
      var triggers = 0;
      for (var rule : rules.eventRules("failed_login")) {
        triggers += rule.judge(facts) == RuleOutcome.TRUE ? 1 : 0;
      }
      var around = activity.window(AROUND, SPEC.firstStart(newest), Plans.DEFAULT, chunks);
      for (var rule : rules.windowRules()) {
        if (rule.canBeTrue(around)) {
          for (var start = SPEC.firstStart(newest); start <= newest; start += SPEC.slideMillis()) {
            var features = activity.window(SPEC, start, Plans.DEFAULT, chunks);
            var outcome = rule.judge(features, null, Map.of());
            triggers += outcome == RuleOutcome.TRUE ? 1 : 0;
          }
        }
      }
      return triggers;
    }
  }

  @Benchmark
  public byte[] fold(FoldUsers users) {
    return users.next();
  }

  @Benchmark
  public byte[] slices(SliceUsers users) {
    return users.next();
  }

  @Benchmark
  public byte[] dedupe(DedupeUsers users) {
    return users.next();
  }

  @Benchmark
  public int rules(JudgedUser user) {
    return user.judge();
  }

  @Benchmark
  public byte[] together(WholeUsers users) {
    return users.next();
  }

  private static int typeOf(long number) {
    return (int) (mixed(number) & 3);
  }

  /** Spreads small numbers over all bits, as a hash does (the finalizer of SplitMix64). */
  private static long mixed(long number) {
    var mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }

  private static final class Ignored implements UserOutput {
    @Override
    public void ledgerRow(LedgerRow row) {}

    @Override
    public void alert(Alert alert) {}

    @Override
    public void activityRow(ActivityRow row) {}

    @Override
    public void entered(int typeNumber, Entered entered) {}
  }
}
