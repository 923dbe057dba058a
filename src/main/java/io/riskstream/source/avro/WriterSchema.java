package io.riskstream.source.avro;

import io.riskstream.source.event.EventFields.Name;
import java.util.List;
import org.apache.avro.Schema;

/**
 * A schema that records were written with, and which of its fields the contract knows; made once,
 * read for each record.
 */
final class WriterSchema {
  /**
   * A field of the record, in the order of its bytes.
   *
   * @param nameOrNull null where the contract does not know it
   */
  record Field(String written, Name nameOrNull, Schema schema) {}

  private final List<Field> fields;

  /** Takes the schema of a record. */
  WriterSchema(Schema schema) {
    fields =
        schema.getFields().stream()
            .map(field -> new Field(field.name(), Name.of(field.name()), field.schema()))
            .toList();
  }

  List<Field> fields() {
    return fields;
  }
}
