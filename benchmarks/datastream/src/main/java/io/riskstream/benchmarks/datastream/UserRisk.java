package io.riskstream.benchmarks.datastream;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/** Keeps score and count of each user, and tells them after each event. */
final class UserRisk extends KeyedProcessFunction<String, UserEvent, Result> {
  private static final long serialVersionUID = 1;
  private static final int HIGHEST_MICROS = 1_000_000;

  /** The state of one user; a POJO to Flink. */
  public static final class Risk {
    public long count;
    public int scoreMicros;
  }

  private transient ValueState<Risk> state;

  @Override
  public void open(OpenContext context) {
    state = getRuntimeContext().getState(new ValueStateDescriptor<>("risk", Risk.class));
  }

  @Override
  public void processElement(UserEvent event, Context context, Collector<Result> out)
      throws Exception {
    var risk = state.value();
    if (risk == null) {
      risk = new Risk();
    }
    risk.count++;
    var score = risk.scoreMicros + weightMicros(event.eventType);
    risk.scoreMicros = Math.max(0, Math.min(HIGHEST_MICROS, score));
    state.update(risk);
    out.collect(new Result("user:" + event.userId, risk.count + "," + risk.scoreMicros));
  }

  private static int weightMicros(String eventType) {
    return switch (eventType) {
      case "failed_login" -> 100_000;
      case "successful_login" -> -50_000;
      default -> 0;
    };
  }
}
