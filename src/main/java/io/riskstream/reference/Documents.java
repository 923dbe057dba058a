package io.riskstream.reference;

import io.riskstream.reference.rules.Timeline;

/** What all users are judged by. */
record Documents(Timeline timeline, ReferenceSettings settings, Surroundings.Copies copies) {}
