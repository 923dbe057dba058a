package io.riskstream.pipeline.completeness;

/**
 * What a tally has added up for one hour of a partition since it last said so.
 *
 * @param hourMillis start of the ingest hour, or {@link Account#NO_HOUR}
 */
public record PartitionDelta(String topic, int partition, long hourMillis, HourCounts counts) {
  /** Returns the partition as Kafka's tools write it, {@code topic-partition}. */
  public String partitionName() {
    return topic + "-" + partition;
  }
}
