package io.riskstream.benchmarks.datastream;

import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.windowing.assigners.SlidingEventTimeWindows;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;
import org.apache.flink.util.ParameterTool;

/**
 * Score and count of each user in keyed state, events of each type in tumbling windows, with {@code
 * --sliding true} also events and distinct users of each type in sliding ones, all to one topic,
 * exactly once.
 */
public final class DataStreamJob {
  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration OUT_OF_ORDER = Duration.ofMinutes(1);

  private DataStreamJob() {}

  /** Runs until it is stopped. */
  public static void main(String[] args) throws Exception {
    var parameters = ParameterTool.fromArgs(args);
    var servers = parameters.getRequired("bootstrap-servers");
    var source =
        KafkaSource.<UserEvent>builder()
            .setBootstrapServers(servers)
            .setTopics(parameters.getRequired("input"))
            .setGroupId(parameters.getRequired("group"))
            .setStartingOffsets(OffsetsInitializer.earliest())
            .setValueOnlyDeserializer(new UserEventSchema())
            .build();
    var sink =
        KafkaSink.<Result>builder()
            .setBootstrapServers(servers)
            .setRecordSerializer(new ResultSchema(parameters.getRequired("output")))
            .setDeliveryGuarantee(DeliveryGuarantee.EXACTLY_ONCE)
            .setTransactionalIdPrefix(parameters.getRequired("group"))
            // The broker's greatest is 15 minutes; the producer's default of an hour is refused.
            .setProperty("transaction.timeout.ms", "900000")
            .build();

    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    var events =
        environment
            .fromSource(
                source,
                WatermarkStrategy.<UserEvent>forBoundedOutOfOrderness(OUT_OF_ORDER)
                    .withTimestampAssigner((event, kafka) -> event.timestampMillis),
                "events")
            .uid("events");
    var users =
        events.keyBy(event -> event.userId).process(new UserRisk()).uid("users").name("users");
    var windows =
        events
            .keyBy(event -> event.eventType)
            .window(TumblingEventTimeWindows.of(WINDOW))
            .aggregate(new Count(), new WindowResult())
            .uid("windows")
            .name("windows");
    DataStream<Result> results = users.union(windows);
    if (parameters.getBoolean("sliding", false)) {
      results =
          results.union(
              sliding(events, "5m/1m", Duration.ofMinutes(5), Duration.ofMinutes(1)),
              sliding(events, "1m/30s", Duration.ofMinutes(1), Duration.ofSeconds(30)));
    }
    results.sinkTo(sink).uid("results").name("results");
    environment.execute("datastream");
  }

  private static DataStream<Result> sliding(
      DataStream<UserEvent> events, String name, Duration size, Duration slide) {
    return events
        .keyBy(event -> event.eventType)
        .window(SlidingEventTimeWindows.of(size, slide))
        .process(new DistinctUsers(name))
        .uid("sliding-" + name)
        .name("sliding-" + name);
  }
}
