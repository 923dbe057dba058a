package io.riskstream.load;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that a generated plan depends on: the same settings give the same bytes.
 *
 * @param ratePerSecond records a second
 * @param count most records to plan
 * @param users how many users there are
 * @param zipfExponent how unevenly the events fall on users; 0 is evenly
 * @param seed of all that looks random
 * @param startTimeMillis event time of the first record, epoch milliseconds
 * @param watermarkDelay of the pipeline under load; with the lateness it says what is late
 * @param allowedLateness of the pipeline under load
 */
public record LoadSettings(
    double ratePerSecond,
    long count,
    int users,
    double zipfExponent,
    long seed,
    long startTimeMillis,
    Duration watermarkDelay,
    Duration allowedLateness,
    LoadShares shares) {
  /** Of so many neighbours in rank, one user is under attack. */
  static final int USERS_FOR_ONE_ATTACKED = 32;

  public LoadSettings {
    require(ratePerSecond > 0 && ratePerSecond <= 10_000_000, "rate", ratePerSecond);
    require(count >= 0, "count", count);
    require(users > 0, "number of users", users);
    require(zipfExponent >= 0 && zipfExponent <= 100, "Zipf exponent", zipfExponent);
    require(!watermarkDelay.isNegative(), "watermark delay", watermarkDelay);
    require(!allowedLateness.isNegative(), "allowed lateness", allowedLateness);
  }

  /** Returns how many records a run of this length has. */
  public static long countFor(Duration duration, double ratePerSecond) {
    return (long) Math.ceil(duration.toNanos() / 1e9 * ratePerSecond);
  }

  /** Returns what a manifest says of the run. */
  public Map<String, String> describe() {
    var settings = new LinkedHashMap<String, String>();
    settings.put("rate", Double.toString(ratePerSecond));
    settings.put("count", Long.toString(count));
    settings.put("users", Integer.toString(users));
    settings.put("zipf", Double.toString(zipfExponent));
    settings.put("seed", Long.toString(seed));
    settings.put("start_time", Long.toString(startTimeMillis));
    settings.put("watermark_delay", watermarkDelay.toString());
    settings.put("allowed_lateness", allowedLateness.toString());
    settings.put("shares", shares.toString());
    return settings;
  }

  /** Returns when the last event is due, counted from the start; infinite for an endless run. */
  public double lengthNanos() {
    return count == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : count * (1e9 / ratePerSecond);
  }

  /** Returns a prefix of ids that no other load has. */
  public String idPrefix() {
    return Long.toHexString(seed) + "-" + Long.toString(startTimeMillis, Character.MAX_RADIX) + "-";
  }

  /** Returns of the users under attack the one with the most events. */
  public String attackedUser() {
    return "user-" + (attackedRest() + 1);
  }

  /** Returns what is left of the rank less one of an attacked user when it is divided. */
  int attackedRest() {
    return Math.floorMod(seed, Math.min(USERS_FOR_ONE_ATTACKED, users));
  }

  /** Returns the longest that an event can lie behind and still be in time. */
  public long horizonMillis() {
    return watermarkDelay.plus(allowedLateness).toMillis();
  }

  private static void require(boolean holds, String name, Object value) {
    if (!holds) {
      throw new IllegalArgumentException("the " + name + " cannot be " + value);
    }
  }
}
