package io.riskstream.reference;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.ControlRecord;
import java.util.List;

/**
 * All that the outcome is a function of; each list in any order.
 *
 * @param events records of the events topic
 * @param profiles records of the topic of profiles
 * @param control records of the control topic
 * @param firsts of lists of {@link Expected#undecided} the record that was accepted; where none is
 *     given, it is taken to be that of the lowest partition
 */
public record ReferenceInput(
    List<SentRecord> events,
    List<SentRecord> profiles,
    List<ControlRecord> control,
    List<SentRecord> firsts) {
  /** Events alone. */
  public static ReferenceInput ofEvents(List<SentRecord> events) {
    return new ReferenceInput(events, List.of(), List.of(), List.of());
  }

  /** Returns the same, given what is known of the order of arrival. */
  public ReferenceInput withFirsts(List<SentRecord> known) {
    return new ReferenceInput(events, profiles, control, known);
  }
}
