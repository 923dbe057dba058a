package io.riskstream.activity;

/**
 * Which windows an event brings its user into, for its type: of each of the live windows' specs a
 * run of starts, at the spec's slide, since the windows that hold the event and no earlier one of
 * the type always follow each other.
 *
 * @param firstStarts by the spec's place in the plan, epoch milliseconds
 * @param lastStarts less than the first where there is none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Entered(long[] firstStarts, long[] lastStarts) {}
