package io.riskstream.pipeline.quality;

/**
 * What a tally has added up of one minute of a partition since it last said so.
 *
 * @param minuteMillis start of the minute, epoch milliseconds
 * @param packed a {@link io.riskstream.quality.MinuteTally}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record MinuteDelta(String topic, int partition, long minuteMillis, byte[] packed) {
  /** Returns the partition as Kafka's tools write it, {@code topic-partition}. */
  public String partitionName() {
    return topic + "-" + partition;
  }
}
