package io.riskstream.registry;

import io.riskstream.registry.Incompatibility.Direction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;

/**
 * Says why two schemas are not compatible in both directions, by Avro's rules of resolution; also
 * where decimals differ in scale, which Avro's specification forbids and its library lets pass.
 */
public final class SchemaComparison {
  private final String against;
  private final Direction direction;
  private final List<Incompatibility> found = new ArrayList<>();
  private final Set<List<Object>> compared = new HashSet<>();

  private SchemaComparison(String against, Direction direction) {
    this.against = against;
    this.direction = direction;
  }

  /**
   * Returns why the candidate and the other one do not go together; empty if they do.
   *
   * @param against the other one's name, for people
   */
  public static List<Incompatibility> of(Schema candidate, Schema other, String against) {
    var all = new ArrayList<Incompatibility>();
    all.addAll(new SchemaComparison(against, Direction.BACKWARD).compare(candidate, other));
    all.addAll(new SchemaComparison(against, Direction.FORWARD).compare(other, candidate));
    return all;
  }

  private List<Incompatibility> compare(Schema reader, Schema writer) {
    var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer).getResult();
    for (var found : result.getIncompatibilities()) {
      add(found.getLocation(), found.getType() + ": " + found.getMessage());
    }
    compareScales(reader, writer, "");
    return found;
  }

  private void compareScales(Schema reader, Schema writer, String path) {
    // Identity: schemas may contain themselves.
    if (!compared.add(List.of(System.identityHashCode(reader), System.identityHashCode(writer)))) {
      return;
    }
    if (reader.getType() == Schema.Type.UNION || writer.getType() == Schema.Type.UNION) {
      for (var read : branches(reader)) {
        for (var written : branches(writer)) {
          if (read.getType() == written.getType()) {
            compareScales(read, written, path);
          }
        }
      }
    } else if (reader.getType() == writer.getType()) {
      compareScalesOfOneType(reader, writer, path);
    }
  }

  private void compareScalesOfOneType(Schema reader, Schema writer, String path) {
    switch (reader.getType()) {
      case RECORD -> {
        for (var field : reader.getFields()) {
          var written = writer.getField(field.name());
          if (written != null) {
            compareScales(field.schema(), written.schema(), path + "/" + field.name());
          }
        }
      }
      case ARRAY ->
          compareScales(reader.getElementType(), writer.getElementType(), path + "/items");
      case MAP -> compareScales(reader.getValueType(), writer.getValueType(), path + "/values");
      case BYTES, FIXED -> {
        if (!scale(reader).equals(scale(writer))) {
          add(path, "DECIMAL_MISMATCH: reader has " + scale(reader) + ", writer " + scale(writer));
        }
      }
      case NULL, BOOLEAN, INT, LONG, FLOAT, DOUBLE, STRING, ENUM, UNION -> {}
    }
  }

  private static List<Schema> branches(Schema schema) {
    return schema.getType() == Schema.Type.UNION ? schema.getTypes() : List.of(schema);
  }

  private static String scale(Schema schema) {
    return schema.getLogicalType() instanceof LogicalTypes.Decimal decimal
        ? "scale " + decimal.getScale()
        : "no decimal";
  }

  private void add(String path, String reason) {
    found.add(new Incompatibility(against, direction, path.isEmpty() ? "/" : path, reason));
  }
}
