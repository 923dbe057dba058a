package io.riskstream.source.avro;

import io.riskstream.model.RejectionReason;
import io.riskstream.source.event.Rejection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Remembers what was learned of an id: a schema for ever, as an id never means another one, and
 * that there is none for a short time only, as it may be registered any moment. Bounded: what was
 * not used for long is asked for again. For one thread.
 */
final class CachedSchemas implements WriterSchemas {
  static final int MOST_SCHEMAS = 1_000;
  static final Duration ABSENT_FOR = Duration.ofSeconds(1);

  /** What can be said of an id. */
  sealed interface Answer {}

  /** Records can be read with it. */
  record Usable(WriterSchema schema) implements Answer {}

  /** The registry has a schema that no event can be written with. */
  record Unusable(String why) implements Answer {}

  /** The registry has no such id. */
  record Absent(String why) implements Answer {}

  /** Asks whoever knows, and waits for the answer. */
  @FunctionalInterface
  interface Authority {
    Answer ask(int id) throws InterruptedException;
  }

  private record Remembered(Answer answer, long sinceNanos) {}

  private final Authority authority;
  private final LongSupplier nanoTime;
  private final Map<Integer, Remembered> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, Remembered> eldest) {
          return size() > MOST_SCHEMAS;
        }
      };

  CachedSchemas(Authority authority, LongSupplier nanoTime) {
    this.authority = authority;
    this.nanoTime = nanoTime;
  }

  @Override
  public WriterSchema of(int id) throws Rejection, InterruptedException {
    var answer = answer(id);
    if (answer instanceof Usable usable) {
      return usable.schema();
    }
    throw answer instanceof Unusable unusable
        ? new Rejection(
            RejectionReason.UNUSABLE_SCHEMA,
            "no event can be written with schema " + id + ": " + unusable.why())
        : new Rejection(
            RejectionReason.UNKNOWN_SCHEMA_ID, "schema " + id + ": " + ((Absent) answer).why());
  }

  private Answer answer(int id) throws InterruptedException {
    var remembered = known.get(id);
    if (remembered != null && !isOver(remembered)) {
      return remembered.answer();
    }
    var answer = authority.ask(id);
    known.put(id, new Remembered(answer, nanoTime.getAsLong()));
    return answer;
  }

  private boolean isOver(Remembered remembered) {
    return remembered.answer() instanceof Absent
        && nanoTime.getAsLong() - remembered.sinceNanos() > ABSENT_FOR.toNanos();
  }
}
