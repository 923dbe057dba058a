package io.riskstream.source.avro;

import io.riskstream.model.RejectionReason;
import io.riskstream.registry.Incompatibility;
import io.riskstream.registry.Incompatibility.Direction;
import io.riskstream.source.event.EventFields.Name;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/**
 * Says which records of a schema the intake would refuse whatever they hold: each field that is
 * missing, and each branch of a type that no contract field takes.
 */
public final class ContractFit {
  private static final EnumSet<Name> REQUIRED =
      EnumSet.of(Name.EVENT_ID, Name.USER_ID, Name.EVENT_TYPE, Name.TIMESTAMP);

  private final List<Incompatibility> found = new ArrayList<>();

  private ContractFit() {}

  /** Returns what stands against events of this schema; empty if nothing does. */
  public static List<Incompatibility> of(Schema schema) {
    var fit = new ContractFit();
    if (schema.getType() == Schema.Type.RECORD) {
      fit.checkRecord(schema);
    } else {
      fit.add("/", RejectionReason.UNUSABLE_SCHEMA, schema.getType().getName() + " is no record");
    }
    return fit.found;
  }

  private void checkRecord(Schema schema) {
    for (var required : REQUIRED) {
      if (schema.getField(required.written()) == null) {
        add("/", RejectionReason.MISSING_FIELD, "no field " + required.written());
      }
    }
    for (var field : schema.getFields()) {
      var name = Name.of(field.name());
      if (name != null) {
        var type = field.schema();
        var branches = type.getType() == Schema.Type.UNION ? type.getTypes() : List.of(type);
        branches.forEach(branch -> check(name, branch));
      }
    }
  }

  private void check(Name name, Schema branch) {
    var reason =
        branch.getType() == Schema.Type.NULL
            ? REQUIRED.contains(name) ? RejectionReason.MISSING_FIELD : null
            : switch (name) {
              case EVENT_ID, USER_ID, EVENT_TYPE, SESSION_ID ->
                  AvroTexts.isText(branch) ? null : RejectionReason.WRONG_TYPE;
              case TIMESTAMP -> ofTimestamp(branch);
              case VALUE -> isNumber(branch) ? null : RejectionReason.INVALID_VALUE;
              case PROPERTIES ->
                  branch.getType() == Schema.Type.MAP || branch.getType() == Schema.Type.RECORD
                      ? null
                      : RejectionReason.WRONG_TYPE;
            };
    if (reason != null) {
      add("/" + name.written(), reason, branch.toString());
    }
  }

  private static RejectionReason ofTimestamp(Schema branch) {
    return switch (branch.getType()) {
      case STRING, ENUM -> null;
      case LONG ->
          String.valueOf(branch.getProp("logicalType")).startsWith("local-")
              ? RejectionReason.INVALID_TIMESTAMP
              : null;
      case INT -> RejectionReason.IMPOSSIBLE_TIMESTAMP; // its greatest is of January 1970
      case FLOAT, DOUBLE -> RejectionReason.INVALID_TIMESTAMP;
      case BYTES, FIXED ->
          branch.getLogicalType() instanceof LogicalTypes.Decimal decimal && decimal.getScale() == 0
              ? null
              : RejectionReason.INVALID_TIMESTAMP;
      case BOOLEAN, RECORD, ARRAY, MAP, UNION, NULL -> RejectionReason.WRONG_TYPE;
    };
  }

  private static boolean isNumber(Schema branch) {
    return switch (branch.getType()) {
      case INT, LONG, FLOAT, DOUBLE -> true;
      case BYTES, FIXED -> branch.getLogicalType() instanceof LogicalTypes.Decimal;
      case STRING, ENUM, BOOLEAN, RECORD, ARRAY, MAP, UNION, NULL -> false;
    };
  }

  private void add(String path, RejectionReason reason, String detail) {
    found.add(
        new Incompatibility(
            "the contract", Direction.CONTRACT, path, reason.code() + ": " + detail));
  }
}
