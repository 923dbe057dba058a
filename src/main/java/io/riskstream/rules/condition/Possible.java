package io.riskstream.rules.condition;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelExpr.ExprKind.Kind;
import java.util.List;
import java.util.function.BiFunction;

/**
 * A necessary condition that grows with the counts: says no only if the condition is true of no
 * facts whose counts are at most these, whatever else they are.
 */
@FunctionalInterface
public interface Possible<F> {
  boolean decide(F facts);

  /**
   * Derives it from a condition.
   *
   * @param greatest the greatest value that a path has of these facts and of those with fewer
   *     counts, for an entry 0 where there is none; null where it has none
   */
  static <F> Possible<F> of(Condition condition, BiFunction<F, Path, Long> greatest) {
    return of(condition, condition.root(), true, greatest);
  }

  private static <F> Possible<F> of(
      Condition condition, CelExpr expression, boolean wanted, BiFunction<F, Path, Long> greatest) {
    if (Comparison.isBool(expression)) {
      var same = expression.constant().booleanValue() == wanted;
      return facts -> same;
    }
    var path = Path.of(condition, expression);
    if (path != null) {
      return wanted && path.form() == Path.Form.HAS_ENTRY
          ? facts -> isAtLeast(greatest.apply(facts, path), 1)
          : facts -> true;
    }
    var comparison = Comparison.of(condition, expression);
    if (comparison != null) {
      return compare(comparison, wanted, greatest);
    }
    if (expression.getKind() == Kind.CALL) {
      var args = expression.call().args();
      switch (expression.call().function()) {
        case "_&&_", "_||_" -> {
          var parts = args.stream().map(part -> of(condition, part, wanted, greatest)).toList();
          var all = expression.call().function().equals("_&&_") == wanted;
          return facts -> logic(parts, facts, all);
        }
        case "!_" -> {
          return of(condition, args.get(0), !wanted, greatest);
        }
        default -> {
          // Nothing is known of any other call.
        }
      }
    }
    return facts -> true;
  }

  private static <F> Possible<F> compare(
      Comparison comparison, boolean wanted, BiFunction<F, Path, Long> greatest) {
    if (!(comparison.constant() instanceof Long constant)) {
      return facts -> true;
    }
    var path = comparison.path();
    var operator = wanted ? comparison.operator() : comparison.operator().negated();
    return switch (operator) {
      case EQUAL, GREATER_OR_EQUAL -> facts -> isAtLeast(greatest.apply(facts, path), constant);
      case GREATER ->
          facts ->
              constant != Long.MAX_VALUE && isAtLeast(greatest.apply(facts, path), constant + 1);
      case NOT_EQUAL, LESS, LESS_OR_EQUAL -> facts -> true;
    };
  }

  private static boolean isAtLeast(Long greatestOrNull, long least) {
    return greatestOrNull == null || greatestOrNull >= least;
  }

  private static <F> boolean logic(List<Possible<F>> parts, F facts, boolean all) {
    for (var part : parts) {
      if (part.decide(facts) != all) {
        return !all;
      }
    }
    return all;
  }
}
