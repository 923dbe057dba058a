package io.riskstream.rules.condition;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayDeque;
import java.util.List;
import java.util.stream.Stream;

/** How many nodes a syntax tree has, macros expanded, and which one lies deepest. */
record TreeSize(int nodes, Place deepest) {
  /** A node and how deep it lies; the root lies at 1. */
  record Place(CelExpr expression, int depth) {}

  /** Walks without recursion, so that no tree is too deep to be measured. */
  static TreeSize of(CelExpr root) {
    var open = new ArrayDeque<Place>();
    open.push(new Place(root, 1));
    var deepest = open.peek();
    var nodes = 0;
    while (!open.isEmpty()) {
      var place = open.pop();
      nodes++;
      deepest = place.depth() > deepest.depth() ? place : deepest;
      for (var child : children(place.expression())) {
        open.push(new Place(child, place.depth() + 1));
      }
    }
    return new TreeSize(nodes, deepest);
  }

  static List<CelExpr> children(CelExpr expression) {
    return switch (expression.getKind()) {
      case NOT_SET, CONSTANT, IDENT -> List.of();
      case SELECT -> List.of(expression.select().operand());
      case CALL ->
          Stream.concat(expression.call().target().stream(), expression.call().args().stream())
              .toList();
      case LIST -> List.copyOf(expression.list().elements());
      case STRUCT ->
          expression.struct().entries().stream().map(CelExpr.CelStruct.Entry::value).toList();
      case MAP ->
          expression.map().entries().stream()
              .flatMap(entry -> Stream.of(entry.key(), entry.value()))
              .toList();
      case COMPREHENSION -> {
        var loop = expression.comprehension();
        yield List.of(
            loop.iterRange(),
            loop.accuInit(),
            loop.loopCondition(),
            loop.loopStep(),
            loop.result());
      }
    };
  }
}
