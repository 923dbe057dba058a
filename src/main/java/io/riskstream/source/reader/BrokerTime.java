package io.riskstream.source.reader;

import io.riskstream.model.Coordinates;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.record.TimestampType;

/** Sees to it that a record's time is the broker's word, and no producer's. */
public final class BrokerTime {
  private BrokerTime() {}

  /**
   * Returns where Kafka holds the record, and since when.
   *
   * @throws SuppressRestartsException if the time is the producer's, which no restart mends
   */
  public static Coordinates coordinatesOf(ConsumerRecord<byte[], byte[]> consumed) {
    if (consumed.timestampType() != TimestampType.LOG_APPEND_TIME) {
      throw new SuppressRestartsException(
          new IllegalStateException(
              "record "
                  + consumed.topic()
                  + "-"
                  + consumed.partition()
                  + "@"
                  + consumed.offset()
                  + " carries its producer's time: it was written before the topic had"
                  + " message.timestamp.type=LogAppendTime; delete the records up to it"
                  + " (kafka-delete-records) and set source.on-lost-offsets=record-gap, without"
                  + " which the restart refuses them as lost; or use a new topic"));
    }
    return new Coordinates(
        consumed.topic(), consumed.partition(), consumed.offset(), consumed.timestamp());
  }
}
