package io.riskstream.source.event;

import io.riskstream.model.ProfileUpdate;

/**
 * What a record of the profiles topic says.
 *
 * @param unknownFields top-level fields that the contract does not know
 */
public record DecodedProfile(ProfileUpdate update, int unknownFields) {}
