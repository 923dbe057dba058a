package io.riskstream.manifest;

import io.riskstream.model.Coordinates;

/**
 * One record as it was sent and acknowledged: what Kafka must hold.
 *
 * @param coordinates where the broker says that it put it, and its LogAppendTime
 * @param kind what the sender meant it to be, such as {@code ordinary} or {@code late}; for people,
 *     no oracle depends on it
 * @param key may be null
 * @param value may be null
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; arrays are Kafka's own form
public record SentRecord(Coordinates coordinates, String kind, byte[] key, byte[] value) {}
