package io.riskstream.risk.state;

/**
 * The map x → min(ceiling, max(floor, x + addend)) on scores in millionths.
 *
 * <p>Such maps are closed under composition, so any run of score changes is summed up by three
 * integers, however long it is: (g ∘ f)(x) clamps x + a_f + a_g to [g(floor_f), g(ceiling_f)].
 */
public record ClampedAddition(long addend, int floor, int ceiling) {

  public ClampedAddition {
    if (floor > ceiling) {
      throw new IllegalArgumentException("floor " + floor + " above ceiling " + ceiling);
    }
  }

  /** Returns the map that changes no score within the bounds. */
  public static ClampedAddition identity(int floor, int ceiling) {
    return new ClampedAddition(0, floor, ceiling);
  }

  /** Returns the map that applies this one first, and then the other. */
  public ClampedAddition then(ClampedAddition next) {
    return new ClampedAddition(addend + next.addend, next.applyTo(floor), next.applyTo(ceiling));
  }

  public int applyTo(int score) {
    return apply(score, addend, floor, ceiling);
  }

  static int apply(int score, long addend, int floor, int ceiling) {
    return (int) Math.min(ceiling, Math.max(floor, score + addend));
  }
}
