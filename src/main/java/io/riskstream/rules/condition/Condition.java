package io.riskstream.rules.condition;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelVariableResolver;

/**
 * A condition that is known to compile to a bool within the limits; evaluated any number of times.
 */
public final class Condition {
  private static final int MOST_NODES = 500;

  private final ConditionScope scope;
  private final CelAbstractSyntaxTree tree;
  private final CelRuntime.Program program;

  private Condition(ConditionScope scope, CelAbstractSyntaxTree tree, CelRuntime.Program program) {
    this.scope = scope;
    this.tree = tree;
    this.program = program;
  }

  /** Compiles the text, or says where it is wrong. */
  public static Condition compile(String text, ConditionScope scope) throws ConditionException {
    ConditionText.check(text);
    try {
      return compiled(text, scope);
    } catch (RuntimeException | StackOverflowError fault) {
      // A fault of the compiler must not become one of the job, which would meet it again for ever.
      throw new ConditionException("it cannot be compiled: " + fault, 1, 1);
    }
  }

  private static Condition compiled(String text, ConditionScope scope) throws ConditionException {
    var parsed = tree(scope.compiler().parse(text), scope);
    checkSize(parsed);
    var checked = tree(scope.compiler().check(parsed), scope);
    if (!checked.getResultType().equals(SimpleType.BOOL)) {
      throw new ConditionException(
          "it yields %s, and a condition yields bool; compare it with something"
              .formatted(checked.getResultType().name()),
          1,
          1);
    }
    try {
      return new Condition(scope, checked, scope.runtime().createProgram(checked));
    } catch (CelEvaluationException unusable) {
      throw new ConditionException("it cannot be run: " + unusable.getMessage(), 1, 1);
    }
  }

  /** Returns what CEL says; unknown where the evaluation yields an error. */
  public Truth evaluate(CelVariableResolver variables) {
    try {
      return Truth.of((Boolean) program.eval(variables));
    } catch (CelEvaluationException | RuntimeException error) {
      // Whatever a library's function does on odd values, the job goes on; the caller counts it.
      return Truth.UNKNOWN;
    }
  }

  ConditionScope scope() {
    return scope;
  }

  CelExpr root() {
    return tree.getExpr();
  }

  /** Returns the name of the variable that the expression is, or null. */
  String variable(CelExpr expression) {
    return tree.getReference(expression.id())
        .filter(reference -> reference.overloadIds().isEmpty())
        .map(reference -> reference.name())
        .filter(scope::has)
        .orElse(null);
  }

  private static CelAbstractSyntaxTree tree(CelValidationResult result, ConditionScope scope)
      throws ConditionException {
    if (result.hasError()) {
      throw refusal(result.getErrors().get(0), scope);
    }
    try {
      return result.getAst();
    } catch (CelValidationException unusable) {
      throw new ConditionException(unusable.getMessage(), 1, 1);
    }
  }

  private static ConditionException refusal(CelIssue issue, ConditionScope scope) {
    var reason = issue.getMessage().replace(" (in container '')", "");
    if (reason.startsWith("undeclared reference")) {
      reason += "; a condition of this kind may use " + scope.names();
    }
    var location = issue.getSourceLocation();
    return new ConditionException(
        reason, Math.max(location.getLine(), 1), Math.max(location.getColumn() + 1, 1));
  }

  private static void checkSize(CelAbstractSyntaxTree parsed) throws ConditionException {
    var size = TreeSize.of(parsed.getExpr());
    if (size.deepest().depth() > ConditionText.MOST_NESTING) {
      var place = location(parsed, size.deepest().expression());
      throw ConditionText.tooDeep(place.getLine(), place.getColumn() + 1);
    }
    if (size.nodes() > MOST_NODES) {
      throw new ConditionException(
          "it has %,d nodes, and the limit is %,d; split it into several rules"
              .formatted(size.nodes(), MOST_NODES),
          1,
          1);
    }
  }

  private static CelSourceLocation location(CelAbstractSyntaxTree parsed, CelExpr expression) {
    var source = parsed.getSource();
    var offset = source.getPositionsMap().get(expression.id());
    return offset == null
        ? CelSourceLocation.of(1, 0)
        : source.getOffsetLocation(offset).orElse(CelSourceLocation.of(1, 0));
  }
}
