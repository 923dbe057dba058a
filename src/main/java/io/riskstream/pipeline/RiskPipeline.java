package io.riskstream.pipeline;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.model.AuditRow;
import io.riskstream.model.ControlDocument;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.UserEvent;
import io.riskstream.pipeline.completeness.Completeness;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.sink.KafkaOutput;
import io.riskstream.sink.OutgoingRecord;
import io.riskstream.sink.seal.Seal;
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
 * gate, user risk ─► TALLY (chained) ─► COMPLETENESS, keyed by partition ─► FileSink
 *                                    └► SEALS, keyed by dataset ─► _SEALED, once its rows are visible
 * }</pre>
 */
public final class RiskPipeline {

  /** The edges: two sources, and a sink for each output. */
  public record Edges(
      Source<Intake, ?, ?> events,
      Source<ControlDocument, ?, ?> control,
      Sink<UserEvent> eventsLake,
      Sink<LedgerRow> ledgerLake,
      Sink<AuditRow> auditLake,
      Sink<Seal> seals,
      Sink<HotUpdate> hotStore,
      Sink<OutgoingRecord> kafka) {}

  private RiskPipeline() {}

  /** Builds the graph in the environment; executing it is left to the caller. */
  public static void build(
      StreamExecutionEnvironment environment, RiskstreamConfig config, Edges edges) {
    build(environment, config, edges, Verdicts.JUDGED);
  }

  /** Builds the graph over events that have been judged before, or have not. */
  public static void build(
      StreamExecutionEnvironment environment,
      RiskstreamConfig config,
      Edges edges,
      Verdicts verdicts) {
    var time = config.time();
    var alertsTopic = config.kafka().alertsTopic();
    var deadLettersTopic = config.kafka().deadLettersTopic();

    var intake =
        environment
            .fromSource(
                edges.events(),
                EventSource.watermarks(time, edges.events()),
                OperatorIds.EVENTS_SOURCE,
                StreamTypes.INTAKE)
            .uid(OperatorIds.EVENTS_SOURCE);

    var gated =
        intake
            .process(new GateFunction(time, verdicts), StreamTypes.USER_EVENT)
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
                new UserRiskOperator(
                    new UserRiskFunction(time, config.hotStore().epoch(), verdicts)))
            .uid(OperatorIds.USER_RISK);

    users.sinkTo(edges.eventsLake()).uid(OperatorIds.EVENTS_LAKE).name(OperatorIds.EVENTS_LAKE);

    users
        .getSideOutput(Outputs.LEDGER)
        .sinkTo(edges.ledgerLake())
        .uid(OperatorIds.LEDGER_LAKE)
        .name(OperatorIds.LEDGER_LAKE);

    var gateTally = Completeness.tally(gated, OperatorIds.GATE_TALLY);
    var userTally = Completeness.tally(users, OperatorIds.USER_TALLY);

    Completeness.balance(gateTally.union(userTally), OperatorIds.COMPLETENESS)
        .union(Completeness.gaps(gateTally))
        .sinkTo(edges.auditLake())
        .setParallelism(1)
        .uid(OperatorIds.AUDIT_LAKE)
        .name(OperatorIds.AUDIT_LAKE);

    var ledgerTick = UserRiskFunction.timerTickMillis(time);
    Completeness.seals(userTally, time, ledgerTick, OperatorIds.SEALS)
        .sinkTo(edges.seals())
        .setParallelism(1)
        .uid(OperatorIds.SEAL_FILES)
        .name(OperatorIds.SEAL_FILES);

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
