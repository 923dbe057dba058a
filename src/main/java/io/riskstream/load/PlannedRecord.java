package io.riskstream.load;

/**
 * One record of a plan.
 *
 * @param sendOffsetNanos when to send it, counted from the start of the run
 * @param key may be null
 * @param value may be null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; arrays are Kafka's own form
public record PlannedRecord(long sendOffsetNanos, RecordKind kind, byte[] key, byte[] value) {}
