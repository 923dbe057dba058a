package io.riskstream.registry;

/**
 * A reason why two schemas do not go together.
 *
 * @param against what the candidate was held against, such as {@code version 2}
 * @param path where in the schema that the reader has
 */
public record Incompatibility(String against, Direction direction, String path, String reason) {
  /** Who could not read whom. */
  public enum Direction {
    /** A reader of the candidate cannot read what the other has written. */
    BACKWARD("backward"),
    /** A reader of the other cannot read what the candidate writes. */
    FORWARD("forward"),
    /** The pipeline would refuse what the candidate writes. */
    CONTRACT("contract");

    private final String code;

    Direction(String code) {
      this.code = code;
    }
  }

  /** Returns all of it on one line. */
  @Override
  public String toString() {
    return "%s, %s, at %s: %s".formatted(against, direction.code, path, reason);
  }
}
