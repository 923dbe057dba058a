package io.riskstream.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

final class ContractsTest {

  @Test
  void aRowOfTheLakeIsTheEventAndWhereItCameFrom() {
    var event = Event.getClassSchema().getFields();
    var row = EventRow.getClassSchema().getFields();
    assertThat(row.subList(0, event.size())).isEqualTo(event);
    assertThat(row.subList(event.size(), row.size()))
        .extracting(Schema.Field::name)
        .containsExactly("topic", "partition", "offset", "ingest_time", "late");
  }

  @Test
  void everyContractAndFieldSaysWhatItIs() {
    for (var schema :
        List.of(
            Event.getClassSchema(),
            EventRow.getClassSchema(),
            LedgerRow.getClassSchema(),
            Alert.getClassSchema(),
            DeadLetter.getClassSchema())) {
      assertThat(schema.getDoc()).isNotBlank();
      assertThat(schema.getFields()).allSatisfy(field -> assertThat(field.doc()).isNotBlank());
    }
  }

  @Test
  void noTwoReasonsShareACode() {
    assertThat(RejectionReason.values()).extracting(RejectionReason::code).doesNotHaveDuplicates();
  }
}
