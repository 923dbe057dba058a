package io.riskstream.risk;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.Micros;
import io.riskstream.model.UserEvent;
import io.riskstream.reference.Expected;
import io.riskstream.reference.ReferenceModel;
import io.riskstream.reference.ReferenceSettings;
import io.riskstream.source.CanonicalEvent;
import io.riskstream.testkit.InMemoryPipeline;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The law, against the reference model: what is final depends on the accepted events alone. */
final class UserRiskLawTest {
  private static final long DELAY = 2_000;
  private static final long LATENESS = 3_000;
  private static final long START = 1_767_225_600_000L;
  private static final String[] TYPES = {
    "failed_login", "failed_login", "failed_login", "successful_login", "purchase"
  };

  @Property(tries = 200)
  void equalsTheReferenceModelForAnyInterleavingOfPartitions(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 4) int partitions,
      @ForAll @IntRange(min = 1, max = 400) int events,
      @ForAll @IntRange(min = 1, max = 5) int users) {
    var byPartition = generate(random, partitions, events, users);
    var expected = reference(flatten(byPartition), DELAY, LATENESS);
    var pipeline = new InMemoryPipeline(DELAY, LATENESS, partitions);
    runInterleaved(pipeline, byPartition, random);
    assertSame(pipeline, expected);
  }

  @Property(tries = 100)
  void givesTheSameLedgerAndScoresForAnyPermutationAndSplit(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 300) int events,
      @ForAll @IntRange(min = 1, max = 4) int splits) {
    // All events lie within the horizon, so that no order makes any of them late.
    var horizon = 1_000_000L;
    var input = withoutConflicts(flatten(generate(random, 1, events, 2)));
    var inOrder = new InMemoryPipeline(horizon, horizon, 1);
    input.stream()
        .sorted(Comparator.comparing(UserEvent::timestampMillis))
        .forEach(inOrder::accept);
    inOrder.drain();
    var shuffled = new ArrayList<>(input);
    Collections.shuffle(shuffled, random);
    var split = new InMemoryPipeline(horizon, horizon, splits);
    for (var event : shuffled) {
      split.accept(at(event, random.nextInt(splits), event.coordinates().offset()));
      split.advance();
    }
    split.drain();
    assertThat(byUser(split.ledger())).isEqualTo(byUser(inOrder.ledger()));
    for (var userId : input.stream().map(UserEvent::userId).collect(Collectors.toSet())) {
      var one = inOrder.snapshot(userId);
      var other = split.snapshot(userId);
      assertThat(other.scoreMicros()).isEqualTo(one.scoreMicros());
      assertThat(other.totalEvents()).isEqualTo(one.totalEvents());
      assertThat(other.firstSeenMillis()).isEqualTo(one.firstSeenMillis());
      assertThat(other.lastActivityMillis()).isEqualTo(one.lastActivityMillis());
    }
  }

  private static void runInterleaved(
      InMemoryPipeline pipeline, List<List<UserEvent>> byPartition, Random random) {
    var queues = new ArrayList<ArrayDeque<UserEvent>>();
    byPartition.forEach(partition -> queues.add(new ArrayDeque<>(partition)));
    queues.removeIf(ArrayDeque::isEmpty);
    while (!queues.isEmpty()) {
      var queue = queues.get(random.nextInt(queues.size()));
      pipeline.accept(queue.poll());
      if (queue.isEmpty()) {
        queues.remove(queue);
      }
      if (random.nextInt(5) == 0) {
        pipeline.advance();
      }
    }
    pipeline.drain();
  }

  private static void assertSame(InMemoryPipeline pipeline, Expected expected) {
    var totals = expected.totals();
    assertThat(pipeline.count(Verdict.ACCEPTED)).isEqualTo((int) totals.accepted());
    assertThat(pipeline.count(Verdict.DUPLICATE)).isEqualTo((int) totals.duplicate());
    assertThat(pipeline.count(Verdict.LATE)).isEqualTo((int) totals.late());
    assertThat(pipeline.count(Verdict.CONFLICTING_DUPLICATE))
        .isEqualTo((int) totals.deadLettered());
    assertThat(byUser(pipeline.ledger()))
        .isEqualTo(byUser(expected.ledger().stream().map(Expected.Ledger::toRow).toList()));
    expected.users().forEach((userId, user) -> assertSame(pipeline, user));
    assertThat(pipeline.chunkCount()).isZero();
  }

  private static void assertSame(InMemoryPipeline pipeline, Expected.User user) {
    var snapshot = pipeline.snapshot(user.userId());
    assertThat(snapshot.scoreMicros()).isEqualTo(user.scoreMicros());
    assertThat(snapshot.level()).isEqualTo(user.level());
    assertThat(snapshot.totalEvents()).isEqualTo(user.totalEvents());
    assertThat(snapshot.firstSeenMillis()).isEqualTo(user.firstSeenMillis());
    assertThat(snapshot.lastActivityMillis()).isEqualTo(user.lastActivityMillis());
    assertThat(snapshot.isFinal()).isTrue();
  }

  /** Users stay on their partition; timestamps jump back, some far; some events come again. */
  private static List<List<UserEvent>> generate(
      Random random, int partitions, int events, int users) {
    var result = new ArrayList<List<UserEvent>>();
    for (var partition = 0; partition < partitions; partition++) {
      result.add(new ArrayList<>());
    }
    var clock = START;
    for (var index = 0; index < events; index++) {
      clock += random.nextInt(300);
      var user = random.nextInt(users);
      var partition = result.get(user % partitions);
      var offset = partition.size();
      if (offset > 0 && random.nextInt(8) == 0) {
        var again = partition.get(random.nextInt(offset));
        partition.add(
            at(random.nextInt(3) == 0 ? changed(again) : again, user % partitions, offset));
      } else {
        var back =
            random.nextInt(4) == 0 ? random.nextInt(random.nextInt(6) == 0 ? 12_000 : 4_000) : 0;
        // Few distinct timestamps, so that ties in time are decided by the id.
        var timestamp = (clock - back) / 50 * 50;
        var id = Character.toString(random.nextBoolean() ? 0x10400 : 0xFB01) + index;
        partition.add(
            new UserEvent(
                id,
                "user-" + user,
                TYPES[random.nextInt(TYPES.length)],
                timestamp,
                null,
                null,
                Map.of(),
                new Coordinates("events", user % partitions, offset, clock),
                false));
      }
    }
    return result;
  }

  private static UserEvent changed(UserEvent event) {
    return new UserEvent(
        event.eventId(),
        event.userId(),
        event.eventType(),
        event.timestampMillis(),
        event.sessionId(),
        event.valueMicros() == null ? Long.valueOf(Micros.ONE) : null,
        event.properties(),
        event.coordinates(),
        event.late());
  }

  private static UserEvent at(UserEvent event, int partition, long offset) {
    return new UserEvent(
        event.eventId(),
        event.userId(),
        event.eventType(),
        event.timestampMillis(),
        event.sessionId(),
        event.valueMicros(),
        event.properties(),
        new Coordinates("events", partition, offset, event.coordinates().ingestTimeMillis()),
        event.late());
  }

  private static List<UserEvent> withoutConflicts(List<UserEvent> events) {
    return events.stream().filter(event -> event.valueMicros() == null).toList();
  }

  private static List<UserEvent> flatten(List<List<UserEvent>> byPartition) {
    return byPartition.stream().flatMap(List::stream).toList();
  }

  private static Expected reference(List<UserEvent> events, long delay, long lateness) {
    var sent =
        events.stream()
            .map(
                event ->
                    new SentRecord(event.coordinates(), "", null, CanonicalEvent.encode(event)))
            .toList();
    return ReferenceModel.of(sent, new ReferenceSettings(delay, lateness, 300_000));
  }

  private static Map<String, List<LedgerRow>> byUser(List<LedgerRow> rows) {
    return rows.stream().collect(Collectors.groupingBy(LedgerRow::getUserId));
  }
}
