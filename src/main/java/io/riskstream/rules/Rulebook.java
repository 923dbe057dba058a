package io.riskstream.rules;

import io.riskstream.model.Dimension;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.RuleDisabled;
import io.riskstream.model.Ruleset;
import io.riskstream.model.RulesetDocument;
import io.riskstream.model.Suppression;
import io.riskstream.rules.book.Dimensions;
import io.riskstream.rules.book.Suppressions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * All accepted documents of a job, and which of them are in force when. The answers depend on the
 * set of documents alone, not on their order of arrival. Not thread-safe.
 */
public final class Rulebook {
  private final RuleCompiler compiler;
  private final Set<Identity> known = new HashSet<>();
  private final NavigableMap<Long, CompiledRules> rulesets = new TreeMap<>();

  /** By the rule's id: the cuts of the documents that disable it. */
  private final Map<String, List<Long>> disabled = new HashMap<>();

  private final Suppressions suppressions = new Suppressions();
  private final Dimensions dimensions = new Dimensions();

  /** By their begin: spans of event time in which the same judges; null until it is asked for. */
  private NavigableMap<Long, ActiveRules> spans;

  // The span that was looked at last: most questions are about the newest events.
  private long from;
  private long until;
  private ActiveRules last;

  private record Identity(String kind, String id, int version) {}

  /** Begins with a ruleset that is in force before all cuts; it must compile. */
  public Rulebook(Ruleset initial, RuleCompiler compiler) throws RulesetException {
    this.compiler = compiler;
    rulesets.put(Long.MIN_VALUE, compiler.compiled(initial));
  }

  /**
   * Adds a document that the gate has accepted; returns false if its identity is known.
   *
   * @throws IllegalStateException if it is a ruleset that does not compile here
   */
  public boolean add(GatedDocument gated) {
    var document = gated.document();
    if (!known.add(new Identity(document.kind(), document.id(), document.version()))) {
      return false;
    }
    if (document instanceof RulesetDocument ruleset) {
      add(gated, ruleset);
    } else if (document instanceof RuleDisabled rule) {
      disabled.computeIfAbsent(rule.ruleId(), id -> new ArrayList<>()).add(gated.cutMillis());
      forgetSpans();
    } else if (document instanceof Suppression suppression) {
      suppressions.add(gated.cutMillis(), suppression);
    } else if (document instanceof Dimension dimension) {
      dimensions.add(gated.cutMillis(), gated.offset(), dimension);
    }
    return true;
  }

  /** Returns what judges at the event time. */
  public ActiveRules at(long timeMillis) {
    if (last == null || timeMillis < from || timeMillis >= until) {
      find(timeMillis);
    }
    return last;
  }

  /** Returns whether a trigger of that event time is passed over. */
  public boolean suppresses(String userId, String ruleId, long timeMillis) {
    return suppressions.suppresses(userId, ruleId, timeMillis);
  }

  /** Returns the dimensions of a profile at the event time; empty where there is no profile. */
  public Map<String, String> dimensions(long timeMillis, Map<String, String> profileOrNull) {
    return dimensions.at(timeMillis, profileOrNull);
  }

  private void add(GatedDocument gated, RulesetDocument document) {
    CompiledRules compiled;
    try {
      compiled = compiler.compiled(document.ruleset()).of(gated.offset());
    } catch (RulesetException refused) {
      throw new IllegalStateException(
          ("ruleset document %s version %d was accepted and does not compile here: %s;"
                  + " run the job with the windows that it was accepted for")
              .formatted(document.id(), document.version(), refused.getMessage()),
          refused);
    }
    rulesets.merge(
        gated.cutMillis(),
        compiled,
        (one, other) -> one.documentOffset() > other.documentOffset() ? one : other);
    forgetSpans();
  }

  private void forgetSpans() {
    spans = null;
    last = null;
  }

  private void find(long timeMillis) {
    if (spans == null) {
      spans = new TreeMap<>();
      rulesets.keySet().forEach(cut -> spans.put(cut, null));
      disabled.values().forEach(cuts -> cuts.forEach(cut -> spans.put(cut, null)));
    }
    from = spans.floorKey(timeMillis);
    var next = spans.higherKey(timeMillis);
    until = next == null ? Long.MAX_VALUE : next;
    last = spans.computeIfAbsent(from, this::rulesFrom);
  }

  private ActiveRules rulesFrom(long start) {
    var inForce = rulesets.floorEntry(start);
    var off = new HashSet<String>();
    disabled.forEach(
        (ruleId, cuts) -> {
          if (cuts.stream().anyMatch(cut -> cut <= start && inForce.getKey() < cut)) {
            off.add(ruleId);
          }
        });
    return off.isEmpty() ? inForce.getValue() : inForce.getValue().without(off);
  }
}
