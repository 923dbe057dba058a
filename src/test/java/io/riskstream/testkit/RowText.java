package io.riskstream.testkit;

import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;

/** A row as text that is the same for equal rows, whatever the order in their maps. */
public final class RowText {
  private RowText() {}

  /** Returns the fields but for those named. */
  public static String of(SpecificRecord row, String... without) {
    var fields = new StringJoiner(", ", "{", "}");
    for (var field : row.getSchema().getFields()) {
      if (!List.of(without).contains(field.name())) {
        var value = row.get(field.pos());
        var shown = value instanceof Map<?, ?> map ? new TreeMap<>(map) : value;
        fields.add(field.name() + "=" + shown);
      }
    }
    return fields.toString();
  }
}
