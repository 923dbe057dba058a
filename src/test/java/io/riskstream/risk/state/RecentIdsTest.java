package io.riskstream.risk.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import io.riskstream.risk.state.RecentIds.Answer;
import io.riskstream.testkit.MapChunkStore;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

final class RecentIdsTest {
  private static final long FINGERPRINT = 7;

  private final MapChunkStore chunks = new MapChunkStore();

  private record Known(long timestampMillis, long fingerprint) {}

  @Property(tries = 60)
  void agreesWithAMapThatForgetsWhatIsBehindTheLine(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 3_000) int additions,
      @ForAll @IntRange(min = 1, max = 800) int distinct) {
    var ids = new RecentIds();
    Map<Long, Known> model = new HashMap<>();
    var line = 0L;
    for (var index = 0; index < additions; index++) {
      var id = random.nextInt(distinct);
      var timestamp = line + random.nextInt(500);
      var fingerprint = random.nextInt(2);
      var known = model.get((long) id);
      var expected =
          known == null
              ? Answer.NEW
              : known.fingerprint() == fingerprint ? Answer.SAME : Answer.DIFFERENT;
      assertThat(ids.add(mix(id), mix(~id), timestamp, fingerprint, line, chunks))
          .isEqualTo(expected);
      model.putIfAbsent((long) id, new Known(timestamp, fingerprint));
      if (random.nextInt(50) == 0) {
        line += random.nextInt(400);
        var reached = line;
        model.values().removeIf(entry -> entry.timestampMillis() < reached);
        if (random.nextBoolean()) {
          ids.sweep(line, chunks);
        }
        ids = repacked(ids);
      }
    }
    ids.sweep(Long.MAX_VALUE, chunks);
    assertThat(ids.isEmpty()).isTrue();
    assertThat(chunks.size()).isZero();
  }

  @Test
  void touchesFewBoundedChunksHoweverManyIdsAreKept() {
    var ids = new RecentIds();
    var worst = 0;
    for (var id = 0; id < 100_000; id++) {
      chunks.takeAccesses();
      ids.add(mix(id), mix(~id), id, FINGERPRINT, 0, chunks);
      worst = Math.max(worst, chunks.takeAccesses());
    }
    assertThat(worst).isLessThanOrEqualTo(5);
    assertThat(chunks.largestBytes()).isLessThan(8_192);
  }

  @Test
  void shrinksWhenABusyUserCalmsDown() {
    var ids = new RecentIds();
    for (var id = 0; id < 10_000; id++) {
      ids.add(mix(id), mix(~id), id, FINGERPRINT, 0, chunks);
    }
    var busy = chunks.size();
    for (var sweep = 0; sweep < 200; sweep++) {
      ids.sweep(9_990, chunks);
    }
    assertThat(busy).isGreaterThan(250);
    assertThat(chunks.size()).isLessThanOrEqualTo(2);
    assertThat(ids.add(mix(9_995), mix(~9_995), 9_995, FINGERPRINT, 9_990, chunks))
        .isEqualTo(Answer.SAME);
  }

  @Test
  void sweepsOnWhereItStoppedBeforeItWasPacked() {
    var ids = new RecentIds();
    for (var id = 0; id < 10_000; id++) {
      ids.add(mix(id), mix(~id), id, FINGERPRINT, 0, chunks);
    }
    for (var sweep = 0; sweep < 200; sweep++) {
      ids.sweep(9_990, chunks);
      ids = repacked(ids);
    }
    assertThat(chunks.size()).isLessThanOrEqualTo(2);
  }

  @Test
  void tellsIdsApartThatShareHalfTheirBits() {
    var ids = new RecentIds();
    assertThat(ids.add(1, 5, 0, FINGERPRINT, 0, chunks)).isEqualTo(Answer.NEW);
    assertThat(ids.add(2, 5, 0, FINGERPRINT, 0, chunks)).isEqualTo(Answer.NEW);
    assertThat(ids.add(1, 6, 0, FINGERPRINT, 0, chunks)).isEqualTo(Answer.NEW);
    assertThat(ids.add(1, 5, 0, FINGERPRINT, 0, chunks)).isEqualTo(Answer.SAME);
  }

  private static RecentIds repacked(RecentIds ids) {
    var out = new PackedWriter();
    ids.writeTo(out);
    return RecentIds.readFrom(new PackedReader(out.toByteArray()));
  }

  /** Spreads small numbers over all bits, as a hash does (the finalizer of SplitMix64). */
  private static long mix(long number) {
    var mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}
