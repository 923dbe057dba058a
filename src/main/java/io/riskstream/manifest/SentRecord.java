package io.riskstream.manifest;

import io.riskstream.model.Coordinates;
import org.apache.avro.Schema;

/**
 * One record as it was sent and acknowledged: what Kafka must hold.
 *
 * @param coordinates where the broker says that it put it, and its LogAppendTime
 * @param kind what the sender meant it to be, such as {@code ordinary} or {@code late}; for people,
 *     no oracle depends on it
 * @param key may be null
 * @param value may be null
 * @param writerSchema the Avro schema whose id the value begins with; null where the value is no
 *     Avro, or names a schema that no registry had
 */
@SuppressWarnings("ArrayRecordComponent") // never compared; arrays are Kafka's own form
public record SentRecord(
    Coordinates coordinates, String kind, byte[] key, byte[] value, Schema writerSchema) {
  /** A record that is no Avro, or of an unknown schema. */
  public SentRecord(Coordinates coordinates, String kind, byte[] key, byte[] value) {
    this(coordinates, kind, key, value, null);
  }
}
