package io.riskstream.rules.condition;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.Objects;

/**
 * What a simple expression reads: a variable, an entry of it under a constant key, whether it has
 * such an entry, or its size.
 *
 * @param keyOrNull for an entry
 */
public record Path(String variable, Form form, String keyOrNull) {
  /** What is read of the variable. */
  public enum Form {
    WHOLE,
    ENTRY,
    HAS_ENTRY,
    SIZE
  }

  public Path {
    Objects.requireNonNull(variable, "variable");
    Objects.requireNonNull(form, "form");
  }

  /** Returns what the expression reads, or null if it is none of these. */
  static Path of(Condition condition, CelExpr expression) {
    var variable = condition.variable(expression);
    if (variable != null) {
      return new Path(variable, Form.WHOLE, null);
    }
    return switch (expression.getKind()) {
      case SELECT -> {
        var select = expression.select();
        yield entry(
            condition,
            select.operand(),
            select.field(),
            select.testOnly() ? Form.HAS_ENTRY : Form.ENTRY);
      }
      case CALL -> ofCall(condition, expression.call());
      case NOT_SET, CONSTANT, IDENT, LIST, STRUCT, MAP, COMPREHENSION -> null;
    };
  }

  private static Path ofCall(Condition condition, CelExpr.CelCall call) {
    var args = call.args();
    if (call.function().equals("_[_]") && isText(args.get(1))) {
      return entry(condition, args.get(0), args.get(1).constant().stringValue(), Form.ENTRY);
    }
    if (call.function().equals("@in") && isText(args.get(0))) {
      return entry(condition, args.get(1), args.get(0).constant().stringValue(), Form.HAS_ENTRY);
    }
    if (call.function().equals("size")) {
      var sized = call.target().isPresent() ? call.target().get() : args.get(0);
      return entry(condition, sized, null, Form.SIZE);
    }
    return null;
  }

  private static Path entry(Condition condition, CelExpr of, String keyOrNull, Form form) {
    var variable = condition.variable(of);
    return variable == null ? null : new Path(variable, form, keyOrNull);
  }

  private static boolean isText(CelExpr expression) {
    return expression.getKind() == Kind.CONSTANT
        && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
  }
}
