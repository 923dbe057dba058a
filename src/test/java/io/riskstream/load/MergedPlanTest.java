package io.riskstream.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** In which order several plans are sent. */
class MergedPlanTest {
  @Test
  void eachRecordComesWhenItIsDueAndThePlanNamedFirstBeforeTheOthers() {
    var merged =
        new MergedPlan(
            List.of(
                plan(RecordKind.DOCUMENT, 5, 7),
                plan(RecordKind.PROFILE),
                plan(RecordKind.ORDINARY, 0, 5, 6)));

    var order = new ArrayList<String>();
    merged.forEachRemaining(record -> order.add(record.kind().code() + record.sendOffsetNanos()));

    assertThat(order)
        .containsExactly("ordinary0", "document5", "ordinary5", "ordinary6", "document7");
    assertThatThrownBy(merged::next).isInstanceOf(NoSuchElementException.class);
  }

  private static Iterator<PlannedRecord> plan(RecordKind kind, long... dueNanos) {
    return LongStream.of(dueNanos)
        .mapToObj(due -> new PlannedRecord(due, kind, null, null))
        .iterator();
  }
}
