package io.riskstream.source.event;

import io.riskstream.model.Limits;
import io.riskstream.model.Micros;
import io.riskstream.model.RejectionReason;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** Reads a number as millionths, rounded half-even. */
public final class DecimalMicros {
  private static final int LONGEST_PLAIN = 17;

  /** A number of more digits before the point than this is an overflow without being expanded. */
  private static final int MOST_INTEGER_DIGITS = 13;

  private DecimalMicros() {}

  /** Returns the millionths; the text must be a number by the grammar of JSON. */
  public static long parse(String number) throws Rejection {
    var plain = parsePlain(number);
    return plain != Long.MIN_VALUE ? plain : parseAny(number);
  }

  /** Reads sign, few digits and at most six places; Long.MIN_VALUE for any other form. */
  private static long parsePlain(String number) {
    if (number.length() > LONGEST_PLAIN) {
      return Long.MIN_VALUE;
    }
    var negative = number.charAt(0) == '-';
    var micros = 0L;
    var places = -1;
    for (var at = negative ? 1 : 0; at < number.length(); at++) {
      var unit = number.charAt(at);
      if (unit == '.') {
        places = 0;
      } else if (unit >= '0' && unit <= '9' && places < Micros.SCALE) {
        micros = micros * 10 + (unit - '0');
        places = places < 0 ? -1 : places + 1;
      } else {
        return Long.MIN_VALUE;
      }
    }
    var integerDigits = number.length() - (negative ? 1 : 0) - (places < 0 ? 0 : places + 1);
    if (integerDigits > MOST_INTEGER_DIGITS - 1) {
      return Long.MIN_VALUE;
    }
    for (var place = Math.max(places, 0); place < Micros.SCALE; place++) {
      micros *= 10;
    }
    return negative ? -micros : micros;
  }

  private static long parseAny(String number) throws Rejection {
    BigDecimal decimal;
    try {
      decimal = new BigDecimal(number);
    } catch (NumberFormatException exponentTooLarge) {
      return outOfRange(number);
    }
    if (decimal.signum() == 0) {
      return 0;
    }
    // Digits before the point, counted without expanding the exponent.
    var integerDigits = (long) decimal.precision() - decimal.scale();
    if (integerDigits > MOST_INTEGER_DIGITS) {
      throw overflow(number);
    }
    if (integerDigits < -Micros.SCALE) {
      return 0;
    }
    var micros = decimal.setScale(Micros.SCALE, RoundingMode.HALF_EVEN).unscaledValue();
    if (micros.abs().compareTo(java.math.BigInteger.valueOf(Limits.VALUE_MICROS)) >= 0) {
      throw overflow(number);
    }
    return micros.longValueExact();
  }

  /** An exponent that no BigDecimal can hold: next to zero, zero itself, or far too large. */
  private static long outOfRange(String number) throws Rejection {
    var exponent = Math.max(number.indexOf('e'), number.indexOf('E'));
    var zero = number.substring(0, exponent).chars().noneMatch(unit -> unit >= '1' && unit <= '9');
    if (zero || number.charAt(exponent + 1) == '-') {
      return 0;
    }
    throw overflow(number);
  }

  private static Rejection overflow(String number) {
    var shown = number.length() <= 40 ? number : number.substring(0, 40) + "…";
    return new Rejection(
        RejectionReason.VALUE_OVERFLOW,
        "value " + shown + " is out of range; its absolute value must be below 10^12");
  }
}
