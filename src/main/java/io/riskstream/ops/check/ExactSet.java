package io.riskstream.ops.check;

import io.riskstream.ops.check.Findings.Kind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Predicate;

/**
 * Holds what is found against what is expected, by identity: each expected row must come once and
 * say the same.
 *
 * @param <K> identity of a row
 * @param <E> an expected row
 * @param <A> a row as it was found
 */
public final class ExactSet<K, E, A> {
  private final Findings findings;
  private final BiFunction<E, A, List<String>> differences;
  private final Map<K, E> awaited = new HashMap<>();
  private final Set<K> met = new HashSet<>();

  /**
   * Awaits nothing yet.
   *
   * @param differences names what differs between two rows of one identity; empty if nothing does
   */
  public ExactSet(Findings findings, BiFunction<E, A, List<String>> differences) {
    this.findings = findings;
    this.differences = differences;
  }

  public void expect(K key, E row) {
    if (awaited.put(key, row) != null) {
      throw new IllegalStateException("expected twice: " + key);
    }
  }

  /**
   * Holds a row against the expected one of the same identity.
   *
   * @param where the place of the row, for a person
   */
  public void found(K key, A row, String where) {
    findings.rowFound();
    var expected = awaited.remove(key);
    if (expected == null) {
      findings.add(met.contains(key) ? Kind.DOUBLE : Kind.UNEXPECTED, key + " in " + where);
      return;
    }
    met.add(key);
    var found = differences.apply(expected, row);
    if (!found.isEmpty()) {
      findings.add(Kind.DIFFERENT, key + " in " + where + ": " + String.join("; ", found));
    }
  }

  /** Reports what has not been found. */
  public void finish(Predicate<E> isMandatory) {
    awaited.forEach(
        (key, row) -> {
          if (isMandatory.test(row)) {
            findings.add(Kind.MISSING, key.toString());
          }
        });
  }
}
