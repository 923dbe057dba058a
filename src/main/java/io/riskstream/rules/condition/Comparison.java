package io.riskstream.rules.condition;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;

/**
 * A comparison of what can be read with a constant.
 *
 * @param constant a Double, Long, String or Boolean
 */
record Comparison(Path path, Operator operator, Object constant) {
  /** How the path, on the left, is compared. */
  enum Operator {
    EQUAL,
    NOT_EQUAL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean holds(int compared) {
      return switch (this) {
        case EQUAL -> compared == 0;
        case NOT_EQUAL -> compared != 0;
        case LESS -> compared < 0;
        case LESS_OR_EQUAL -> compared <= 0;
        case GREATER -> compared > 0;
        case GREATER_OR_EQUAL -> compared >= 0;
      };
    }

    /** Returns the operator that holds exactly where this one does not. */
    Operator negated() {
      return switch (this) {
        case EQUAL -> NOT_EQUAL;
        case NOT_EQUAL -> EQUAL;
        case LESS -> GREATER_OR_EQUAL;
        case LESS_OR_EQUAL -> GREATER;
        case GREATER -> LESS_OR_EQUAL;
        case GREATER_OR_EQUAL -> LESS;
      };
    }

    private Operator mirrored() {
      return switch (this) {
        case EQUAL, NOT_EQUAL -> this;
        case LESS -> GREATER;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        case GREATER -> LESS;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
      };
    }

    private static Operator ofOrNull(String function) {
      return switch (function) {
        case "_==_" -> EQUAL;
        case "_!=_" -> NOT_EQUAL;
        case "_<_" -> LESS;
        case "_<=_" -> LESS_OR_EQUAL;
        case "_>_" -> GREATER;
        case "_>=_" -> GREATER_OR_EQUAL;
        default -> null;
      };
    }
  }

  /** Returns the comparison that the expression is, or null if it is none. */
  static Comparison of(Condition condition, CelExpr expression) {
    if (expression.getKind() != Kind.CALL || expression.call().args().size() != 2) {
      return null;
    }
    var operator = Operator.ofOrNull(expression.call().function());
    if (operator == null) {
      return null;
    }
    var left = expression.call().args().get(0);
    var right = expression.call().args().get(1);
    var path = Path.of(condition, left);
    var constant = constant(right);
    if (path == null && constant == null) {
      path = Path.of(condition, right);
      constant = constant(left);
      operator = operator.mirrored();
    }
    return path == null || constant == null ? null : new Comparison(path, operator, constant);
  }

  /** Returns the constant's value, or null where it is none or of another type. */
  private static Object constant(CelExpr expression) {
    if (expression.getKind() != Kind.CONSTANT) {
      return null;
    }
    var constant = expression.constant();
    return switch (constant.getKind()) {
      case BOOLEAN_VALUE -> constant.booleanValue();
      case INT64_VALUE -> constant.int64Value();
      case DOUBLE_VALUE -> constant.doubleValue() == 0 ? 0.0 : constant.doubleValue();
      case STRING_VALUE -> constant.stringValue();
      default -> null;
    };
  }

  static boolean isBool(CelExpr expression) {
    return expression.getKind() == Kind.CONSTANT
        && expression.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE;
  }
}
