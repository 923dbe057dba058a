package io.riskstream.source.event;

import io.riskstream.model.Limits;
import io.riskstream.model.RejectionReason;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The properties of one event: what it names as such, and the fields that the contract lacks. */
public final class EventProperties {
  private Map<String, String> named = Map.of();
  private Map<String, String> unknown = Map.of();
  private Set<String> nulls = Set.of();
  private int unknownFields;

  /**
   * Adds a member of {@code properties}.
   *
   * @param textOrNull null where the member is null
   * @return whether the name is new
   */
  public boolean addNamed(String name, String textOrNull) {
    if (textOrNull == null) {
      if (nulls.isEmpty()) {
        nulls = new HashSet<>();
      }
      return nulls.add(name) && !named.containsKey(name);
    }
    if (named.isEmpty()) {
      named = new HashMap<>();
    }
    return named.put(name, textOrNull) == null && !nulls.contains(name);
  }

  /**
   * Adds a field that the contract does not know.
   *
   * @param textOrNull null where the field is null
   */
  public void addUnknown(String name, String textOrNull) {
    unknownFields++;
    if (textOrNull != null) {
      if (unknown.isEmpty()) {
        unknown = new HashMap<>();
      }
      unknown.put(name, textOrNull);
    }
  }

  /** Lets the unknown fields join, then holds all to the contract. */
  void check() throws Rejection {
    if (!unknown.isEmpty()) {
      var merged = new HashMap<>(named);
      unknown.forEach(
          (name, text) -> {
            if (!nulls.contains(name)) {
              merged.putIfAbsent(name, text);
            }
          });
      named = merged;
      unknown = Map.of();
    }
    for (var property : named.entrySet()) {
      if (Utf8.length(property.getKey()) < 0 || Utf8.length(property.getValue()) < 0) {
        throw new Rejection(RejectionReason.INVALID_TEXT, "a property holds half a surrogate pair");
      }
    }
    if (named.size() > Limits.PROPERTIES) {
      throw new Rejection(
          RejectionReason.TOO_MANY_PROPERTIES,
          named.size() + " properties, at most " + Limits.PROPERTIES + " are taken");
    }
  }

  int unknownFields() {
    return unknownFields;
  }

  Map<String, String> merged() {
    return named;
  }
}
