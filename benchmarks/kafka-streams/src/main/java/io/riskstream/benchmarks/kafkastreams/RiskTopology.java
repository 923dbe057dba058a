package io.riskstream.benchmarks.kafkastreams;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Score and count of each user as a table, events of each type in tumbling windows, both to one
 * topic.
 */
final class RiskTopology {
  private static final Duration WINDOW = Duration.ofMinutes(1);

  /** Long, as the partitions of a topic that was filled beforehand are not read evenly. */
  private static final Duration GRACE = Duration.ofDays(1);

  private RiskTopology() {}

  static Topology of(String input, String output, Properties settings) {
    var builder = new StreamsBuilder();
    var events =
        builder.stream(
                input,
                Consumed.with(Serdes.String(), JsonSerde.of(UserEvent.class))
                    .withTimestampExtractor(
                        (record, before) -> ((UserEvent) record.value()).timestampMillis()))
            .filter((user, event) -> event.isValid());

    events
        .groupByKey(Grouped.with(Serdes.String(), JsonSerde.of(UserEvent.class)))
        .aggregate(
            () -> UserRisk.NONE,
            (user, event, risk) -> risk.after(event),
            Materialized.<String, UserRisk, KeyValueStore<Bytes, byte[]>>as("users")
                .withKeySerde(Serdes.String())
                .withValueSerde(UserRisk.serde()))
        .toStream()
        .map((user, risk) -> KeyValue.pair("user:" + user, risk.count() + "," + risk.scoreMicros()))
        .to(output, Produced.with(Serdes.String(), Serdes.String()));

    events
        .mapValues(event -> event.eventType())
        .groupBy(
            (user, eventType) -> eventType, Grouped.with("types", Serdes.String(), Serdes.String()))
        .windowedBy(TimeWindows.ofSizeAndGrace(WINDOW, GRACE))
        .count()
        .toStream()
        .map(
            (window, count) ->
                KeyValue.pair(
                    "window:" + window.key() + ":" + window.window().start(), count.toString()))
        .to(output, Produced.with(Serdes.String(), Serdes.String()));
    return builder.build(settings);
  }
}
