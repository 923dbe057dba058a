package io.riskstream.benchmarks.ceilings;

import org.apache.flink.api.common.serialization.AbstractDeserializationSchema;

/** Takes a record's bytes as they are. */
final class BytesSchema extends AbstractDeserializationSchema<byte[]> {
  private static final long serialVersionUID = 1;

  @Override
  public byte[] deserialize(byte[] message) {
    return message;
  }
}
