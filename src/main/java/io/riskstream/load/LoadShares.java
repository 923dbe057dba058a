package io.riskstream.load;

/**
 * Shares of the records that are not ordinary, each from 0 to 1 and together at most 1.
 *
 * @param duplicate of the same bytes once more
 * @param conflicting of an id that is used again with another content
 * @param outOfOrder of events behind others, but in time
 * @param late of events behind the gate's line
 * @param malformed of records that are no valid event
 * @param future of events of an hour ahead
 * @param scenes of events that play out a scene for each rule of default-1
 */
public record LoadShares(
    double duplicate,
    double conflicting,
    double outOfOrder,
    double late,
    double malformed,
    double future,
    double scenes) {

  /** A little of everything, so that each road through the pipeline is taken. */
  public static final LoadShares DEFAULT =
      new LoadShares(0.02, 0.002, 0.05, 0.01, 0.01, 0.002, 0.02);

  public LoadShares {
    requireShare("duplicates", duplicate);
    requireShare("conflicting duplicates", conflicting);
    requireShare("out-of-order", outOfOrder);
    requireShare("late", late);
    requireShare("malformed", malformed);
    requireShare("future", future);
    requireShare("scenes", scenes);
    var sum = duplicate + conflicting + outOfOrder + late + malformed + future + scenes;
    if (sum > 1) {
      throw new IllegalArgumentException("the shares add up to " + sum + ", which is more than 1");
    }
  }

  /** Shares without scenes. */
  public LoadShares(
      double duplicate,
      double conflicting,
      double outOfOrder,
      double late,
      double malformed,
      double future) {
    this(duplicate, conflicting, outOfOrder, late, malformed, future, 0);
  }

  private static void requireShare(String name, double share) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "the share of " + name + " is " + share + ", but must lie between 0 and 1");
    }
  }

  /** Returns the kind that a uniform number from 0 (inclusive) to 1 (exclusive) falls on. */
  RecordKind pick(double uniform) {
    var rest = uniform - duplicate;
    if (rest < 0) {
      return RecordKind.DUPLICATE;
    }
    rest -= conflicting;
    if (rest < 0) {
      return RecordKind.CONFLICTING_DUPLICATE;
    }
    rest -= outOfOrder;
    if (rest < 0) {
      return RecordKind.OUT_OF_ORDER;
    }
    rest -= late;
    if (rest < 0) {
      return RecordKind.LATE;
    }
    rest -= malformed;
    if (rest < 0) {
      return RecordKind.MALFORMED;
    }
    rest -= future;
    if (rest < 0) {
      return RecordKind.FUTURE;
    }
    rest -= scenes;
    return rest < 0 ? RecordKind.SCENE : RecordKind.ORDINARY;
  }
}
