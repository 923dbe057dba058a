package io.riskstream.sink;

/** A Kafka record that the job sends, ready in bytes; key and value are never changed. */
@SuppressWarnings("ArrayRecordComponent") // never compared; arrays are Kafka's own form
public record OutgoingRecord(String topic, byte[] key, byte[] value) {}
