package io.riskstream.source.avro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riskstream.model.RejectionReason;
import io.riskstream.source.avro.CachedSchemas.Absent;
import io.riskstream.source.avro.CachedSchemas.Answer;
import io.riskstream.source.avro.CachedSchemas.Unusable;
import io.riskstream.source.avro.CachedSchemas.Usable;
import io.riskstream.source.event.Rejection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.SchemaBuilder;
import org.junit.jupiter.api.Test;

/** What is remembered of an id, and for how long. */
final class CachedSchemasTest {
  private final Map<Integer, Answer> known = new HashMap<>();
  private final List<Integer> asked = new ArrayList<>();
  private long nanos = 1;
  private final CachedSchemas schemas =
      new CachedSchemas(
          id -> {
            asked.add(id);
            return known.getOrDefault(id, new Absent("gone"));
          },
          () -> nanos);

  @Test
  void aSchemaIsAskedForOnce() throws Exception {
    known.put(1, usable());

    assertThat(schemas.of(1)).isSameAs(schemas.of(1));
    nanos += CachedSchemas.ABSENT_FOR.toNanos() * 1_000_000;
    schemas.of(1);

    assertThat(asked).containsExactly(1);
  }

  @Test
  void aSchemaThatIsNoneIsAskedForOnceToo() {
    known.put(1, new Unusable("of JSON"));

    assertThat(refusal(1).reason()).isEqualTo(RejectionReason.UNUSABLE_SCHEMA);
    nanos += CachedSchemas.ABSENT_FOR.toNanos() * 1_000_000;
    assertThat(refusal(1)).hasMessageContaining("of JSON");

    assertThat(asked).containsExactly(1);
  }

  @Test
  void anUnknownIdIsAskedForAgainAfterAWhile() throws Exception {
    assertThat(refusal(1).reason()).isEqualTo(RejectionReason.UNKNOWN_SCHEMA_ID);
    nanos += CachedSchemas.ABSENT_FOR.toNanos();
    refusal(1);
    assertThat(asked).containsExactly(1);

    nanos += 1;
    known.put(1, usable());
    schemas.of(1);

    assertThat(asked).containsExactly(1, 1);
  }

  @Test
  void idsOfAllSortsDoNotPushOutTheOneInUse() throws Exception {
    known.put(1, usable());
    for (var id = 2; id < 3 * CachedSchemas.MOST_SCHEMAS; id++) {
      refusal(id);
      schemas.of(1);
    }
    assertThat(asked).containsOnlyOnce(1);

    refusal(2);

    assertThat(asked).filteredOn(id -> id == 2).as("pushed out long ago").hasSize(2);
  }

  private Rejection refusal(int id) {
    return catchThrowableOfType(Rejection.class, () -> schemas.of(id));
  }

  private static Usable usable() {
    return new Usable(
        new WriterSchema(SchemaBuilder.record("E").fields().requiredString("a").endRecord()));
  }
}
