package io.riskstream.pipeline;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.model.ControlDocument;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.UserEvent;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.sink.KafkaOutput;
import io.riskstream.sink.OutgoingRecord;
import io.riskstream.source.EventSource;
import io.riskstream.source.Intake;
import io.riskstream.source.control.ControlSource;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The graph, between edges that are parameters: production, demo and tests build this one.
 *
 * <pre>{@code
 * events ─► decode + validate ─► GATE ─┬─► dead letters ───────────────────┐
 *                                      ▼                                   ▼
 * control ═broadcast═► USER RISK, keyed by user_id ─┬─ alerts ──► KafkaSink (2PC)
 *                                                   ├─ events, ledger ─► FileSink (Parquet, 2PC)
 *                                                   └─ snapshots, alerts ─► hot store (compare-and-set)
 * }</pre>
 */
public final class RiskPipeline {

  /** The edges: two sources, and a sink for each output. */
  public record Edges(
      Source<Intake, ?, ?> events,
      Source<ControlDocument, ?, ?> control,
      Sink<UserEvent> eventsLake,
      Sink<LedgerRow> ledgerLake,
      Sink<HotUpdate> hotStore,
      Sink<OutgoingRecord> kafka) {}

  private RiskPipeline() {}

  /** Builds the graph in the environment; executing it is left to the caller. */
  public static void build(
      StreamExecutionEnvironment environment, RiskstreamConfig config, Edges edges) {
    var time = config.time();
    var alertsTopic = config.kafka().alertsTopic();
    var deadLettersTopic = config.kafka().deadLettersTopic();

    var intake =
        environment
            .fromSource(
                edges.events(),
                EventSource.watermarks(time),
                OperatorIds.EVENTS_SOURCE,
                StreamTypes.INTAKE)
            .uid(OperatorIds.EVENTS_SOURCE);

    var gated =
        intake
            .process(new GateFunction(time), StreamTypes.USER_EVENT)
            .uid(OperatorIds.GATE)
            .name(OperatorIds.GATE);

    var control =
        environment
            .fromSource(
                edges.control(),
                ControlSource.watermarks(),
                OperatorIds.CONTROL_SOURCE,
                StreamTypes.CONTROL_DOCUMENT)
            .uid(OperatorIds.CONTROL_SOURCE)
            .setParallelism(1);

    var users =
        gated
            .keyBy(UserEvent::userId)
            .connect(control.broadcast())
            .transform(
                OperatorIds.USER_RISK,
                StreamTypes.USER_EVENT,
                new UserRiskOperator(new UserRiskFunction(time, config.hotStore().epoch())))
            .uid(OperatorIds.USER_RISK);

    users.sinkTo(edges.eventsLake()).uid(OperatorIds.EVENTS_LAKE).name(OperatorIds.EVENTS_LAKE);

    users
        .getSideOutput(Outputs.LEDGER)
        .sinkTo(edges.ledgerLake())
        .uid(OperatorIds.LEDGER_LAKE)
        .name(OperatorIds.LEDGER_LAKE);

    users
        .getSideOutput(Outputs.HOT_UPDATES)
        .sinkTo(edges.hotStore())
        .uid(OperatorIds.HOT_STORE)
        .name(OperatorIds.HOT_STORE);

    var alerts =
        users
            .getSideOutput(Outputs.ALERTS)
            .map(alert -> KafkaOutput.ofAlert(alertsTopic, alert), StreamTypes.OUTGOING)
            .uid(OperatorIds.ALERT_RECORDS)
            .name(OperatorIds.ALERT_RECORDS);

    gated
        .getSideOutput(Outputs.DEAD_LETTERS)
        .union(users.getSideOutput(Outputs.DEAD_LETTERS))
        .map(letter -> KafkaOutput.ofDeadLetter(deadLettersTopic, letter), StreamTypes.OUTGOING)
        .uid(OperatorIds.DEAD_LETTER_RECORDS)
        .name(OperatorIds.DEAD_LETTER_RECORDS)
        .union(alerts)
        .sinkTo(edges.kafka())
        .uid(OperatorIds.KAFKA_OUTPUT)
        .name(OperatorIds.KAFKA_OUTPUT);
  }
}
