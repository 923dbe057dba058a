package io.riskstream.model;

import java.util.Map;
import java.util.Objects;

/**
 * A decoded and valid update of a user's profile, which replaces the profile before it.
 *
 * @param timestampMillis event time from which on it holds, epoch milliseconds
 * @param late true once its gate has judged it to lie behind its partition's line
 */
public record ProfileUpdate(
    String userId,
    long timestampMillis,
    Map<String, String> attributes,
    Coordinates coordinates,
    boolean late)
    implements UserInput {

  public ProfileUpdate {
    Objects.requireNonNull(userId, "userId");
    Objects.requireNonNull(coordinates, "coordinates");
    attributes = Map.copyOf(attributes);
  }

  /** Returns the same update judged late. */
  public ProfileUpdate asLate() {
    return new ProfileUpdate(userId, timestampMillis, attributes, coordinates, true);
  }
}
