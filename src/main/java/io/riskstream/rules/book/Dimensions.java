package io.riskstream.rules.book;

import io.riskstream.model.Dimension;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** The dimensions by name, each with its versions in order of their cuts. */
public final class Dimensions {
  private final Map<String, TreeMap<Long, Version>> byName = new TreeMap<>();

  private record Version(long offset, Dimension dimension) {}

  /** Adds a version of a dimension. */
  public void add(long cutMillis, long offset, Dimension dimension) {
    byName
        .computeIfAbsent(dimension.id(), name -> new TreeMap<>())
        .merge(
            cutMillis,
            new Version(offset, dimension),
            (one, other) -> one.offset() > other.offset() ? one : other);
  }

  /** Returns name to value at the event time, in order of the names. */
  public Map<String, String> at(long timeMillis, Map<String, String> profileOrNull) {
    if (profileOrNull == null || byName.isEmpty()) {
      return Map.of();
    }
    var found = new LinkedHashMap<String, String>();
    byName.forEach(
        (name, versions) -> {
          var inForce = versions.floorEntry(timeMillis);
          if (inForce != null) {
            var dimension = inForce.getValue().dimension();
            var attribute = profileOrNull.get(dimension.attribute());
            var value = attribute == null ? null : dimension.values().get(attribute);
            if (value != null) {
              found.put(name, value);
            }
          }
        });
    return Collections.unmodifiableMap(found);
  }
}
