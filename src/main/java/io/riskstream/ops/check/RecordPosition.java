package io.riskstream.ops.check;

/** Identity of what came from one record of the events topic. */
public record RecordPosition(String topic, int partition, long offset) {
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
