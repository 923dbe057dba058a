package io.riskstream.model;

import java.math.BigDecimal;

/** Fixed-point amounts in millionths, the only form in which scores and values are computed. */
public final class Micros {
  /** Decimal places of an amount. */
  public static final int SCALE = 6;

  /** One, in millionths. */
  public static final int ONE = 1_000_000;

  private Micros() {}

  /** Returns the amount as a decimal with exactly six places. */
  public static BigDecimal toDecimal(long micros) {
    return BigDecimal.valueOf(micros, SCALE);
  }

  /**
   * Returns the amount in millionths.
   *
   * @throws ArithmeticException if the decimal has more than six places or does not fit
   */
  public static long fromDecimal(BigDecimal decimal) {
    return decimal.setScale(SCALE).unscaledValue().longValueExact();
  }
}
