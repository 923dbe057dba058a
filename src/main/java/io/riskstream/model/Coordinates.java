package io.riskstream.model;

import java.util.Objects;

/**
 * Where and when Kafka holds a record: the identity of everything that is read, and its {@code
 * ingest_time}.
 *
 * @param ingestTimeMillis the broker's LogAppendTime, epoch milliseconds
 */
public record Coordinates(String topic, int partition, long offset, long ingestTimeMillis) {
  public Coordinates {
    Objects.requireNonNull(topic, "topic");
  }
}
