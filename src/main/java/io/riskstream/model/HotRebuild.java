package io.riskstream.model;

import java.util.Objects;

/**
 * Asks that every user be written to the hot store again. Where it names a subtask of the user
 * operator, that one alone answers, as long as the parallelism is the one it names, else all do.
 *
 * @param requestedAtMillis when it was asked for, epoch milliseconds
 * @param reason for a person
 * @param subtaskOrNull null, as the parallelism then is, for all
 */
public record HotRebuild(
    String id,
    int version,
    long requestedAtMillis,
    String reason,
    Integer subtaskOrNull,
    Integer parallelismOrNull)
    implements ControlDocument {
  /** What the field {@code kind} says. */
  public static final String KIND = "hot-rebuild";

  /** Longest text in a field, in characters; in the job each travels as at most 65,535 bytes. */
  public static final int LONGEST_TEXT = 1_000;

  public HotRebuild {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(reason, "reason");
  }

  @Override
  public String kind() {
    return KIND;
  }

  /** Returns whether a subtask of the user operator has to answer. */
  public boolean concerns(int subtask, int parallelism) {
    return subtaskOrNull == null
        || parallelismOrNull == null
        || parallelismOrNull != parallelism
        || subtaskOrNull == subtask;
  }
}
