package io.riskstream.model;

import java.io.Serializable;
import java.util.HashMap;
import java.util.List;

/**
 * The event types that are counted by name, each with a number; all others share {@link #OTHER}.
 * State holds the numbers, so a list may only be extended at its end.
 */
public final class EventTypes implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Name of the types that the configuration does not name. */
  public static final String OTHER = "other";

  private final List<String> names;
  private final HashMap<String, Integer> numbers = new HashMap<>();

  /** Numbers the types from 1, in their order; 0 is {@link #OTHER}. */
  public EventTypes(List<String> types) {
    names = List.copyOf(types);
    for (var name : names) {
      numbers.put(name, numbers.size() + 1);
    }
  }

  /** Returns the type's number, 0 where the configuration does not name it. */
  public int numberOf(String type) {
    return numbers.getOrDefault(type, 0);
  }

  /** Returns the name of a number that {@link #numberOf} gave. */
  public String nameOf(int number) {
    return number == 0 ? OTHER : names.get(number - 1);
  }

  /** Returns the named types, in order of their numbers from 1. */
  public List<String> names() {
    return names;
  }

  /** Returns how many numbers there are, that of {@link #OTHER} included. */
  public int size() {
    return names.size() + 1;
  }
}
