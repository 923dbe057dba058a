package io.riskstream.load;

import java.io.IOException;

/** A line that cannot be sent; the message gives its number, counted from 1. */
public final class LineTooLongException extends IOException {
  private static final long serialVersionUID = 1L;

  LineTooLongException(long number, int mostBytes) {
    super("line %d is longer than %,d bytes".formatted(number, mostBytes));
  }
}
