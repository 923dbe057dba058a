package io.riskstream.reference;

import io.riskstream.model.Limits;
import io.riskstream.model.Micros;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;

/** Amounts as JSON writes them; bounded work for any exponent. */
final class JsonNumber {
  private JsonNumber() {}

  /** Returns the number rounded half-even to millionths, or nothing if that is 10^12 or beyond. */
  static OptionalLong roundedMicros(String number) {
    var mantissaAndExponent = number.split("[eE]", 2);
    var mantissa = new BigDecimal(mantissaAndExponent[0]);
    if (mantissa.signum() == 0) {
      return OptionalLong.of(0);
    }
    BigDecimal decimal;
    try {
      decimal = new BigDecimal(number);
    } catch (NumberFormatException exponentBeyondInt) {
      // The mantissa is at most a record long, so the exponent alone decides.
      return mantissaAndExponent[1].startsWith("-") ? OptionalLong.of(0) : OptionalLong.empty();
    }
    long exponentOfFirstDigit = (long) decimal.precision() - decimal.scale() - 1;
    if (exponentOfFirstDigit >= 12) {
      return OptionalLong.empty();
    }
    if (exponentOfFirstDigit < -Micros.SCALE - 1) {
      return OptionalLong.of(0);
    }
    long micros =
        decimal.setScale(Micros.SCALE, RoundingMode.HALF_EVEN).unscaledValue().longValueExact();
    return Math.abs(micros) < Limits.VALUE_MICROS ? OptionalLong.of(micros) : OptionalLong.empty();
  }
}
