package io.riskstream.chaos.fault;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Every kind of fault, by the word that names it in a scenario. */
public final class Faults {
  private static final Map<String, Function<Parameters, Fault>> KINDS = new TreeMap<>();

  private Faults() {}

  /** Returns the words of all kinds. */
  public static List<String> words() {
    return List.copyOf(KINDS.keySet());
  }

  /**
   * Makes a fault that has not struck yet.
   *
   * @param word its kind
   * @param given what the step says beside, by name; {@code for} is its runner's
   * @throws IllegalArgumentException naming what is not known, and what is
   */
  public static Fault of(String word, Map<String, String> given) {
    var kind = KINDS.get(word);
    if (kind == null) {
      throw new IllegalArgumentException(
          "no fault is called " + word + "; known are " + String.join(", ", words()));
    }
    var parameters = new Parameters(given);
    var fault = kind.apply(parameters);
    parameters.refuseOthers(List.of("for"));
    return fault;
  }
}
