package io.riskstream.chaos.scenario;

import io.riskstream.load.LoadShares;
import io.riskstream.load.event.LoadFormat;
import java.time.Duration;
import java.util.List;

/**
 * The load of a scenario: events at an even rate with profiles, documents and scenes among them,
 * and phases in which more is sent beside them.
 *
 * @param ratePerSecond events a second
 * @param length how long they are sent
 * @param users how many users they fall on
 */
public record Traffic(
    double ratePerSecond, Duration length, int users, LoadFormat format, List<Phase> phases) {
  public Traffic {
    phases = List.copyOf(phases);
  }

  /**
   * What is sent beside the even load for a while.
   *
   * @param at when it begins, from the start of the load
   * @param length how long it lasts
   * @param ratePerSecond records a second, on top of the even load's
   * @param shares of its records that are not ordinary
   * @param clockAhead by how much the timestamps of all its events are too great
   */
  public record Phase(
      Duration at, Duration length, double ratePerSecond, LoadShares shares, Duration clockAhead) {
    /** Returns when it is over, from the start of the load. */
    public Duration end() {
      return at.plus(length);
    }
  }
}
