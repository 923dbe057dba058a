package io.riskstream.load.profile;

/**
 * How many profile updates there are, and shares of those of a run that are not ordinary, each from
 * 0 to 1.
 *
 * @param perEvent updates for each event; 0 for no profiles at all
 * @param outOfOrder of updates behind others, but in time
 * @param sameTime of updates with the timestamp of a recent one of the same user
 * @param late of updates behind the gate's line
 * @param malformed of records that are no valid update
 */
public record ProfileShares(
    double perEvent, double outOfOrder, double sameTime, double late, double malformed) {
  /** No profiles. */
  public static final ProfileShares NONE = of(0);

  public ProfileShares {
    require(perEvent, "profile updates for each event");
    require(outOfOrder, "profile updates out of order");
    require(sameTime, "profile updates of the same time");
    require(late, "late profile updates");
    require(malformed, "malformed profile updates");
    require(outOfOrder + sameTime + late + malformed, "profile updates that are not ordinary");
  }

  /** A little of everything. */
  public static ProfileShares of(double perEvent) {
    return new ProfileShares(perEvent, 0.1, 0.05, 0.03, 0.03);
  }

  private static void require(double share, String name) {
    if (!(share >= 0 && share <= 1)) {
      throw new IllegalArgumentException(
          "the share of " + name + " is " + share + ", but must lie between 0 and 1");
    }
  }
}
