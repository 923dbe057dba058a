package io.riskstream.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.testkit.Await;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines that come as they come. */
@Timeout(60)
class StreamPlanTest {
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @Test
  void everyLineIsDueAtOnceAndKeyedByItsUser() {
    var plan = plan(stream("{\"user_id\":\"ü\"}\r\n\nno json\n{\"user_id\":7}"));

    var records = allOf(plan);

    assertThat(records)
        .extracting(r -> text(r.value()))
        .containsExactly("{\"user_id\":\"ü\"}\r", "", "no json", "{\"user_id\":7}");
    assertThat(records).extracting(r -> text(r.key())).containsExactly("ü", null, null, null);
    assertThat(records).allMatch(record -> record.sendOffsetNanos() == 0);
    assertThat(plan.withoutKey()).isEqualTo(3);
    assertThat(plan.refused()).isZero();
  }

  @Test
  void aLineThatIsTooLongIsNamedAndLeftOut() {
    var longest = "x".repeat(Lines.MOST_BYTES);
    var plan = plan(stream("first\n" + longest + "y\n" + longest + "\nlast\n"));

    assertThat(allOf(plan))
        .extracting(r -> text(r.value()))
        .containsExactly("first", longest, "last");
    assertThat(plan.refused()).isEqualTo(1);
    assertThat(warnings).containsExactly("line 2 is longer than 1,048,576 bytes; it was not sent");
  }

  @Test
  void aLineIsThereBeforeTheNextOneHasCome() throws IOException {
    try (var writer = new PipedOutputStream();
        var in = new PipedInputStream(writer)) {
      var plan = plan(in);
      writer.write("one\n".getBytes(StandardCharsets.UTF_8));
      writer.flush();

      assertThat(text(plan.next().value())).isEqualTo("one");
      plan.stop();
    }
  }

  @Test
  void aStopEndsItWhileTheStreamGivesNothing() throws IOException {
    try (var writer = new PipedOutputStream();
        var in = new PipedInputStream(writer)) {
      var plan = plan(in);
      var more = CompletableFuture.supplyAsync(plan::hasNext);

      plan.stop();

      Await.until("the plan has ended", more::isDone);
      assertThat(more).isCompletedWithValue(false);
    }
  }

  @Test
  void aStreamThatBreaksOffIsNoEnd() {
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the cable is out");
          }

          @Override
          public int read(byte[] into, int from, int most) throws IOException {
            return read();
          }
        };
    var plan = plan(new SequenceInputStream(stream("one\n"), broken));

    assertThat(text(plan.next().value())).isEqualTo("one");
    assertThatThrownBy(plan::hasNext)
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the cable is out");
  }

  private StreamPlan plan(InputStream in) {
    return new StreamPlan(in, warnings::add);
  }

  private static List<PlannedRecord> allOf(StreamPlan plan) {
    var records = new ArrayList<PlannedRecord>();
    plan.forEachRemaining(records::add);
    return records;
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String text(byte[] bytes) {
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }
}
