package io.riskstream.source;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.source.reader.ReadTargets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.CloseableIterator;
import org.apache.flink.util.Collector;

/** A job of the source and one function, and what comes out of it exactly once. */
final class SourceJob implements AutoCloseable {
  /** Hands on what it gets. */
  static class Forward extends ProcessFunction<Intake, Intake> {
    private static final long serialVersionUID = 1L;

    @Override
    public void processElement(Intake intake, Context context, Collector<Intake> out)
        throws Exception {
      out.collect(intake);
    }
  }

  private final CloseableIterator<Intake> output;
  private final JobClient client;
  private boolean ended;

  private SourceJob(CloseableIterator<Intake> output, JobClient client) {
    this.output = output;
    this.client = client;
  }

  static SourceJob start(RiskstreamConfig config, ReadTargets targets, Forward function)
      throws Exception {
    return start(EventSource.of(config, targets, StreamTypes.INTAKE), function, Map.of());
  }

  /**
   * @param settings of Flink
   */
  static SourceJob start(
      Source<Intake, ?, ?> source, Forward function, Map<String, String> settings)
      throws Exception {
    var configuration = new Configuration();
    configuration.setString("execution.checkpointing.interval", "100 ms");
    configuration.setString("restart-strategy.type", "fixed-delay");
    configuration.setString("restart-strategy.fixed-delay.attempts", "1000");
    configuration.setString("restart-strategy.fixed-delay.delay", "50 ms");
    configuration.setString("execution.state-recovery.ignore-unclaimed-state", "true"); // collector
    settings.forEach(configuration::setString);
    var environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    environment.setParallelism(Integer.parseInt(settings.getOrDefault("parallelism.default", "1")));
    var output =
        environment
            .fromSource(source, WatermarkStrategy.noWatermarks(), "source", StreamTypes.INTAKE)
            .uid("source")
            .process(function, StreamTypes.INTAKE)
            .uid("function")
            .collectAsync();
    return new SourceJob(output, environment.executeAsync());
  }

  /** Waits for this many and says what and where each is. */
  List<String> take(int count) {
    var taken = new ArrayList<String>();
    for (Iterator<Intake> each = output; taken.size() < count && each.hasNext(); ) {
      taken.add(describe(each.next()));
    }
    return taken;
  }

  /** Stops the job without a drain, and returns the state it left. */
  String stop(Path folder) throws Exception {
    ended = true;
    return client
        .stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
        .get(30, TimeUnit.SECONDS);
  }

  /** Waits for the job's failure. */
  Throwable failure() {
    ended = true;
    try {
      client.getJobExecutionResult().get(60, TimeUnit.SECONDS);
    } catch (Exception failed) {
      return failed;
    }
    throw new AssertionError("the job did not fail");
  }

  /** Returns {@code partition@offset}, or {@code partition@first-last lost} for a gap. */
  static String describe(Intake intake) {
    if (intake instanceof Intake.Valid valid) {
      var at = valid.event().coordinates();
      return at.partition() + "@" + at.offset();
    } else if (intake instanceof Intake.Refused refused) {
      return refused.deadLetter().getPartition() + "@" + refused.deadLetter().getOffset();
    }
    var gap = (Intake.Gap) intake;
    return "%d@%d-%d%s"
        .formatted(gap.partition(), gap.firstOffset(), gap.lastOffset(), gap.lost() ? " lost" : "");
  }

  @Override
  public void close() throws Exception {
    if (!ended) {
      client.cancel().get(30, TimeUnit.SECONDS);
    }
    output.close();
  }
}
