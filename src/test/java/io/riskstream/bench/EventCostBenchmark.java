package io.riskstream.bench;

import io.riskstream.activity.Entered;
import io.riskstream.activity.UserActivity;
import io.riskstream.model.ActivityRow;
import io.riskstream.model.Alert;
import io.riskstream.model.Coordinates;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.UserEvent;
import io.riskstream.packed.ChunkStore;
import io.riskstream.packed.PackedReader;
import io.riskstream.risk.ArrivalJudgement;
import io.riskstream.risk.RuleObserver;
import io.riskstream.risk.UserOutput;
import io.riskstream.risk.UserRisk;
import io.riskstream.risk.UserState;
import io.riskstream.risk.state.PendingEvent;
import io.riskstream.risk.state.PendingTail;
import io.riskstream.risk.state.RecentIds;
import io.riskstream.rules.Rulesets;
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
import org.openjdk.jmh.annotations.Setup;
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

  /**
   * Users in the steady state of {@link WholeUsers}, at whom time stands still: the default rules
   * are asked what they are asked of an event that arrives, and what they say is said already.
   */
  public static class JudgedUsers extends WholeUsers {
    private final ArrivalJudgement judgement =
        new ArrivalJudgement(Plans.book(Rulesets.defaults()), Plans.RISK);
    private final Ignored ignored = new Ignored();
    private UserState[] users;
    private int[] scores;
    private int judged;

    /** Unpacks the users once, as the heads are no part of this cost. */
    @Setup(Level.Trial)
    public void unpack() {
      users = new UserState[heads.length];
      scores = new int[heads.length];
      for (var at = 0; at < heads.length; at++) {
        users[at] = UserState.unpack(heads[at]);
        scores[at] = ArrivalJudgement.scoreMicros(users[at]);
      }
    }

    /** Judges what an event of the next user would be judged on. */
    UserState judge() {
      judged++;
      var at = judged % users.length;
      var event =
          PendingEvent.of(timestamp(), "event-" + judged, TYPES.get(typeOf(judged)), 100_000);
      judgement.judge(users[at], event, scores[at], chunks[at], ignored);
      return users[at];
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
  public UserState rules(JudgedUsers users) {
    return users.judge();
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
