package io.riskstream.rules;

import java.util.Map;

/**
 * What an event rule sees; scores and value in millionths.
 *
 * @param sessionIdOrNull null where the event has none
 * @param valueMicrosOrNull null where the event has none
 * @param properties at least those that {@link ActiveRules#kept} names
 * @param profileOrNull attributes at the event's timestamp; null where there is no profile
 */
public record EventFacts(
    String eventId,
    String eventType,
    long timestampMillis,
    String sessionIdOrNull,
    Long valueMicrosOrNull,
    Map<String, String> properties,
    int scoreBeforeMicros,
    int scoreAfterMicros,
    Map<String, String> profileOrNull,
    Map<String, String> dimensions) {}
