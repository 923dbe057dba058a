package io.riskstream.chaos.mutant;

/** A patch cannot be read, does not fit the sources or does not compile; says which, and why. */
public final class PatchException extends Exception {
  private static final long serialVersionUID = 1L;

  PatchException(String message) {
    super(message);
  }

  PatchException(String message, Throwable cause) {
    super(message, cause);
  }
}
