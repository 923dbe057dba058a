package io.riskstream.source.event;

import io.riskstream.model.UserEvent;

/**
 * What a record says, whatever its format.
 *
 * @param unknownFields top-level fields that the contract does not know
 */
public record DecodedEvent(UserEvent event, int unknownFields) {}
