package io.riskstream.ops;

/** Identity of what came from one record of the events topic. */
record RecordPosition(String topic, int partition, long offset) {
  @Override
  public String toString() {
    return topic + "-" + partition + "@" + offset;
  }
}
