package io.riskstream.benchmarks.workload;

/**
 * Whose events a workload has.
 *
 * @param count how many there are
 * @param zipfExponent how unevenly the events fall on them; 0 is evenly
 * @param hotShare of all events, of one user beside all the others
 * @param known whether each has had an event before those that are measured, and is in the state
 */
public record Users(int count, double zipfExponent, double hotShare, boolean known) {
  public Users {
    if (!(hotShare >= 0 && hotShare < 1)) {
      throw new IllegalArgumentException(
          "hot-share is %s, but has to be from 0 to less than 1".formatted(hotShare));
    }
  }
}
