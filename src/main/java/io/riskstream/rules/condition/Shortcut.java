package io.riskstream.rules.condition;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.List;
import java.util.function.BiFunction;

/**
 * Decides a condition without CEL, as far as it consists of comparisons of what can be read with
 * constants, of tests for entries, and of logic between them. What it says is what CEL says; where
 * it does not know, CEL must be asked.
 */
@FunctionalInterface
public interface Shortcut<F> {
  Truth decide(F facts);

  /**
   * Makes the shortcut of a condition.
   *
   * @param read what a path of the facts is: a Double (never NaN nor −0), Long, String or Boolean;
   *     null where it is of another type or CEL would yield an error
   */
  static <F> Shortcut<F> of(Condition condition, BiFunction<F, Path, Object> read) {
    return of(condition, condition.root(), read);
  }

  private static <F> Shortcut<F> of(
      Condition condition, CelExpr expression, BiFunction<F, Path, Object> read) {
    if (Comparison.isBool(expression)) {
      var truth = Truth.of(expression.constant().booleanValue());
      return facts -> truth;
    }
    var path = Path.of(condition, expression);
    if (path != null) {
      return facts -> truth(read.apply(facts, path));
    }
    var comparison = Comparison.of(condition, expression);
    if (comparison != null) {
      return facts -> compare(comparison, read.apply(facts, comparison.path()));
    }
    if (expression.getKind() == Kind.CALL) {
      var parts =
          expression.call().args().stream().map(part -> part(condition, part, read)).toList();
      return switch (expression.call().function()) {
        case "_&&_" -> facts -> logic(parts, facts, Truth.FALSE);
        case "_||_" -> facts -> logic(parts, facts, Truth.TRUE);
        case "!_" -> facts -> parts.get(0).decide(facts).not();
        default -> facts -> Truth.UNKNOWN;
      };
    }
    return facts -> Truth.UNKNOWN;
  }

  private static <F> Shortcut<F> part(
      Condition condition, CelExpr part, BiFunction<F, Path, Object> read) {
    return of(condition, part, read);
  }

  /** As CEL: one part with the deciding value decides, whatever is not known of the others. */
  private static <F> Truth logic(List<Shortcut<F>> parts, F facts, Truth deciding) {
    var truth = deciding.not();
    for (var part : parts) {
      var one = part.decide(facts);
      if (one == deciding) {
        return deciding;
      }
      truth = one == Truth.UNKNOWN ? one : truth;
    }
    return truth;
  }

  private static Truth truth(Object valueOrNull) {
    return valueOrNull instanceof Boolean value ? Truth.of(value) : Truth.UNKNOWN;
  }

  private static Truth compare(Comparison comparison, Object valueOrNull) {
    var operator = comparison.operator();
    if (valueOrNull instanceof Double value && comparison.constant() instanceof Double other) {
      return Truth.of(operator.holds(value.compareTo(other)));
    }
    if (valueOrNull instanceof Long value && comparison.constant() instanceof Long other) {
      return Truth.of(operator.holds(value.compareTo(other)));
    }
    if (valueOrNull instanceof Boolean value && comparison.constant() instanceof Boolean other) {
      return Truth.of(operator.holds(value.compareTo(other)));
    }
    // Of texts, CEL's order is none of Java's concern.
    if (valueOrNull instanceof String value
        && comparison.constant() instanceof String other
        && (operator == Comparison.Operator.EQUAL || operator == Comparison.Operator.NOT_EQUAL)) {
      return Truth.of(operator.holds(value.equals(other) ? 0 : 1));
    }
    return Truth.UNKNOWN;
  }
}
