package io.riskstream.risk.state;

import io.riskstream.model.Micros;

/** Composes many clamped additions, one after another, without an object for each. */
final class Composition {
  private long addend;
  private int floor;
  private int ceiling = Micros.ONE;

  void then(long nextAddend, int nextFloor, int nextCeiling) {
    addend += nextAddend;
    floor = ClampedAddition.apply(floor, nextAddend, nextFloor, nextCeiling);
    ceiling = ClampedAddition.apply(ceiling, nextAddend, nextFloor, nextCeiling);
  }

  void then(ClampedAddition next) {
    then(next.addend(), next.floor(), next.ceiling());
  }

  /** Returns what has been composed so far. */
  ClampedAddition composed() {
    return new ClampedAddition(addend, floor, ceiling);
  }
}
