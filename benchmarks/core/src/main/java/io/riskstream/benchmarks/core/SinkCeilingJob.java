package io.riskstream.benchmarks.core;

import io.riskstream.config.ConfigLoader;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.SnapshotVersion;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserSnapshot;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.sink.Lake;
import io.riskstream.sink.control.ControlTopic;
import io.riskstream.sink.hotstore.HotStoreSink;
import io.riskstream.source.EventSource;
import io.riskstream.source.Intake;
import io.riskstream.source.reader.ReadTargets;
import java.nio.file.Path;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.functions.FlatMapFunction;
import org.apache.flink.api.common.functions.MapFunction;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;
import org.apache.flink.util.ParameterTool;

/**
 * riskstream's source and one of its sinks with nothing between: {@code --to lake} writes each
 * event to Parquet, {@code --to redis} a snapshot of its user, as if each event was the user's
 * first.
 */
public final class SinkCeilingJob {
  private SinkCeilingJob() {}

  /** Runs until it is stopped. */
  public static void main(String[] args) throws Exception {
    var parameters = ParameterTool.fromArgs(args);
    var config = ConfigLoader.load(Path.of(parameters.getRequired("config")), Map.of());
    var to = parameters.getRequired("to");
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    environment.configure(config.job().flink());
    var events =
        environment
            .fromSource(
                EventSource.of(config, ReadTargets.NONE, StreamTypes.INTAKE),
                WatermarkStrategy.noWatermarks(),
                "events",
                StreamTypes.INTAKE)
            .uid("events")
            .flatMap(new ValidOnly())
            .returns(StreamTypes.USER_EVENT)
            .uid("valid")
            .name("valid");
    switch (to) {
      case "lake" -> events.sinkTo(Lake.events(config.lake())).uid("lake").name("lake");
      case "redis" ->
          events
              .map(new Snapshots())
              .returns(StreamTypes.HOT_UPDATE)
              .uid("snapshots")
              .name("snapshots")
              .sinkTo(
                  new HotStoreSink(
                      config.hotStore(),
                      new ControlTopic(config.kafka()),
                      config.time().allowedLateness()))
              .uid("redis")
              .name("redis");
      default -> throw new IllegalArgumentException("--to is lake or redis, not " + to);
    }
    environment.execute("ceiling-" + to);
  }

  /** Drops what is no event. */
  private static final class ValidOnly implements FlatMapFunction<Intake, UserEvent> {
    private static final long serialVersionUID = 1;

    @Override
    public void flatMap(Intake intake, Collector<UserEvent> out) {
      if (intake instanceof Intake.Valid valid) {
        out.collect(valid.event());
      }
    }
  }

  /** Makes of an event what Redis would be told of its user; the newest offset counts. */
  private static final class Snapshots implements MapFunction<UserEvent, HotUpdate> {
    private static final long serialVersionUID = 1;

    @Override
    public HotUpdate map(UserEvent event) {
      var at = event.coordinates();
      return new UserSnapshot(
          event.userId(),
          0,
          "low",
          false,
          1,
          event.timestampMillis(),
          event.timestampMillis(),
          "none",
          at.ingestTimeMillis(),
          event.timestampMillis(),
          false,
          true,
          new SnapshotVersion(0, at.offset(), 0, 0));
    }
  }
}
