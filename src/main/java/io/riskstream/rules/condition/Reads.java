package io.riskstream.rules.condition;

import dev.cel.common.ast.CelExpr;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What a condition reads of the facts: at most this, whatever their values. */
public final class Reads {
  private final Set<String> whole = new HashSet<>();
  private final Map<String, Set<String>> entries = new HashMap<>();

  private Reads() {}

  public static Reads of(Condition condition) {
    var reads = new Reads();
    reads.add(condition, condition.root());
    return reads;
  }

  /** Returns whether the variable is read at all. */
  public boolean reads(String variable) {
    return whole.contains(variable) || entries.containsKey(variable);
  }

  /** Returns the keys whose entries of the map are read; null where it may be any. */
  public Set<String> keysOrNull(String variable) {
    return whole.contains(variable) ? null : entries.getOrDefault(variable, Set.of());
  }

  private void add(Condition condition, CelExpr expression) {
    var path = Path.of(condition, expression);
    if (path == null) {
      TreeSize.children(expression).forEach(child -> add(condition, child));
      return;
    }
    switch (path.form()) {
      case WHOLE, SIZE -> whole.add(path.variable());
      case ENTRY, HAS_ENTRY ->
          entries.computeIfAbsent(path.variable(), name -> new HashSet<>()).add(path.keyOrNull());
    }
  }
}
