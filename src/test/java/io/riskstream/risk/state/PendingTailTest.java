package io.riskstream.risk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.Micros;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import io.riskstream.testkit.MapChunkStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableSet;
import java.util.Random;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class PendingTailTest {
  private static final int START_SCORE = 500_000;

  private static final Comparator<PendingEvent> ORDER =
      Comparator.comparingLong(PendingEvent::timestampMillis)
          .thenComparing(PendingEvent::eventIdUtf8, Arrays::compareUnsigned);

  private final PackedWriter scratch = new PackedWriter();
  private final MapChunkStore chunks = new MapChunkStore();

  @Property(tries = 60)
  void agreesWithASortedListWhateverIsInsertedAndRemoved(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 1_500) int events,
      @ForAll @IntRange(min = 1, max = 2_000) int spread) {
    var tail = new PendingTail();
    var model = new TreeSet<>(ORDER);
    var line = 0L;
    for (var index = 0; index < events; index++) {
      var event = event(line + random.nextInt(spread), random);
      var before = fold(new ArrayList<>(model.headSet(event)));
      assertThat(tail.insert(event, chunks, scratch).applyTo(START_SCORE)).isEqualTo(before);
      model.add(event);
      assertThat(tail.effect().applyTo(START_SCORE)).isEqualTo(fold(new ArrayList<>(model)));
      if (random.nextInt(20) == 0) {
        line += random.nextInt(spread);
        assertThat(removed(tail, line)).isEqualTo(removedFrom(model, line));
        tail = repacked(tail);
      }
      assertThat(tail.isEmpty()).isEqualTo(model.isEmpty());
      if (!model.isEmpty()) {
        assertThat(tail.firstMillis()).isEqualTo(model.first().timestampMillis());
      }
    }
    assertThat(removed(tail, Long.MAX_VALUE)).isEqualTo(removedFrom(model, Long.MAX_VALUE));
    assertThat(chunks.size()).isZero();
  }

  @Test
  void costsOnePathOfBoundedChunksHoweverManyEventsWait() {
    var tail = new PendingTail();
    var random = new Random(1);
    for (var index = 0; index < 100_000; index++) {
      tail.insert(event(index, random), chunks, scratch);
    }
    chunks.takeAccesses();
    tail.insert(event(100_000, random), chunks, scratch);
    assertThat(chunks.takeAccesses()).isLessThanOrEqualTo(9);
    tail.insert(event(50_000, random), chunks, scratch);
    assertThat(chunks.takeAccesses()).isLessThanOrEqualTo(9);
    assertThat(chunks.largestBytes()).isLessThan(8_192);
    tail.writeTo(scratch.reset());
    assertThat(scratch.toByteArray()).hasSizeLessThan(4_096);
  }

  @Test
  void needsNoChunkForFewEvents() {
    var tail = new PendingTail();
    for (var index = 0; index < PendingTail.INLINE_EVENTS; index++) {
      tail.insert(event(index, new Random(index)), chunks, scratch);
    }
    assertThat(chunks.takeAccesses()).isZero();
  }

  @Test
  void spillsIntoAChunkOnceEventsAreNoLongerFew() {
    var tail = new PendingTail();
    for (var index = 0; index <= PendingTail.INLINE_EVENTS; index++) {
      tail.insert(event(index, new Random(index)), chunks, scratch);
    }
    assertThat(chunks.size()).isEqualTo(1);
  }

  @Test
  void givesItsChunksBackOnceFewEventsAreLeft() {
    var tail = new PendingTail();
    for (var index = 0; index < 10_000; index++) {
      tail.insert(event(index, new Random(index)), chunks, scratch);
    }
    removed(tail, 9_995);
    assertThat(chunks.size()).isZero();
    assertThat(removed(tail, 10_000)).hasSize(5);
  }

  @Test
  void breaksTiesInTimeByTheUnsignedBytesOfTheId() {
    var tail = new PendingTail();
    for (var id : List.of("\uD800\uDC00", "z", "\uFFFF")) {
      tail.insert(PendingEvent.of(1, id, "type", 0), chunks, scratch);
    }
    assertThat(removed(tail, 2)).containsExactly("z", "\uFFFF", "\uD800\uDC00");
  }

  private static PendingEvent event(long timestamp, Random random) {
    return PendingEvent.of(
        timestamp, "e-" + random.nextLong(), "type", random.nextInt(400_001) - 200_000);
  }

  private static int fold(List<PendingEvent> events) {
    var score = START_SCORE;
    for (var event : events) {
      score = Math.min(Micros.ONE, Math.max(0, score + event.weightMicros()));
    }
    return score;
  }

  private List<String> removed(PendingTail tail, long line) {
    var ids = new ArrayList<String>();
    tail.removeBefore(line, chunks, scratch, event -> ids.add(event.eventId()));
    return ids;
  }

  private static List<String> removedFrom(NavigableSet<PendingEvent> model, long line) {
    var ids = new ArrayList<String>();
    while (!model.isEmpty() && model.first().timestampMillis() < line) {
      ids.add(model.pollFirst().eventId());
    }
    return ids;
  }

  private PendingTail repacked(PendingTail tail) {
    tail.writeTo(scratch.reset());
    return PendingTail.readFrom(new PackedReader(scratch.toByteArray()));
  }
}
