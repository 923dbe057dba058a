package io.riskstream.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.testkit.MapChunkStore;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What an event costs in bytes of state read and written, which no other load of the machine
 * changes: of the user with 100,000 events in the horizon at most twice an ordinary one's.
 */
final class EventWorkTest {
  private static final int MEASURED_EVENTS = 10_000;

  @ParameterizedTest
  @ValueSource(strings = {"in-order", "out-of-order"})
  void theFoldOfAHotUserMovesAtMostTwiceTheBytes(String order) {
    var ordinary = bytesPerEvent(new EventCostBenchmark.FoldUsers(), "ordinary", order);
    var hot = bytesPerEvent(new EventCostBenchmark.FoldUsers(), "hot", order);
    System.out.println("fold " + order + " " + ordinary + " " + hot);
    assertThat(hot).isLessThanOrEqualTo(2 * ordinary).isLessThan(10_000);
  }

  @ParameterizedTest
  @ValueSource(strings = {"in-order", "out-of-order"})
  void theIdentitiesOfAHotUserMoveAtMostTwiceTheBytes(String order) {
    var ordinary = bytesPerEvent(new EventCostBenchmark.DedupeUsers(), "ordinary", order);
    var hot = bytesPerEvent(new EventCostBenchmark.DedupeUsers(), "hot", order);
    System.out.println("dedupe " + order + " " + ordinary + " " + hot);
    assertThat(hot).isLessThanOrEqualTo(2 * ordinary).isLessThan(1_200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"in-order", "out-of-order"})
  void theSlicesOfAHotUserMoveAtMostTwiceTheBytes(String order) {
    var ordinary = bytesPerEvent(new EventCostBenchmark.SliceUsers(), "ordinary", order);
    var hot = bytesPerEvent(new EventCostBenchmark.SliceUsers(), "hot", order);
    System.out.println("slices " + order + " " + ordinary + " " + hot);
    assertThat(hot).isLessThanOrEqualTo(2 * ordinary);
  }

  private static long bytesPerEvent(BenchmarkedUsers users, String user, String order) {
    users.user = user;
    users.order = order;
    users.fill();
    Arrays.stream(users.chunks).forEach(MapChunkStore::takeBytes);
    var bytes = 0L;
    for (var event = 0; event < MEASURED_EVENTS; event++) {
      bytes += 2L * users.next().length; // the head, which is read and written
    }
    bytes += Arrays.stream(users.chunks).mapToLong(MapChunkStore::takeBytes).sum();
    return bytes / MEASURED_EVENTS;
  }
}
