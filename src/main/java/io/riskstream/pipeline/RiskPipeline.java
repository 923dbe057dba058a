package io.riskstream.pipeline;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.model.AuditRow;
import io.riskstream.model.ControlDocument;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserInput;
import io.riskstream.pipeline.book.RuleObserverFactory;
import io.riskstream.pipeline.completeness.Completeness;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.pipeline.type.ValueTypeInfo;
import io.riskstream.rules.Rulesets;
import io.riskstream.sink.KafkaOutput;
import io.riskstream.sink.OutgoingRecord;
import io.riskstream.sink.seal.Seal;
import io.riskstream.source.EventSource;
import io.riskstream.source.Intake;
import io.riskstream.source.control.ControlSource;
import io.riskstream.source.control.DocumentHistory;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
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

    // Until gate and sources of documents and profiles are in the graph.
    var documents =
        control
            .map(
                document -> new GatedDocument(document, Long.MIN_VALUE, 0),
                new ValueTypeInfo<>(GatedDocument.class, new RebuildSerializer()))
            .uid("to-be-replaced-1");
    var inputs =
        gated.map(event -> (UserInput) event, StreamTypes.USER_INPUT).uid("to-be-replaced-2");
    var users =
        inputs
            .keyBy(UserInput::userId)
            .connect(documents.broadcast())
            .transform(
                OperatorIds.USER_RISK,
                StreamTypes.USER_EVENT,
                new UserRiskOperator(
                    new UserRiskFunction(
                        UserRiskSettings.of(
                            config,
                            Rulesets.defaults(),
                            "",
                            verdicts,
                            DocumentHistory.NONE,
                            RuleObserverFactory.NONE),
                        documents.getType())))
            .uid(OperatorIds.USER_RISK);

    write(users, edges.eventsLake(), OperatorIds.EVENTS_LAKE);
    write(users.getSideOutput(Outputs.LEDGER), edges.ledgerLake(), OperatorIds.LEDGER_LAKE);
    write(users.getSideOutput(Outputs.HOT_UPDATES), edges.hotStore(), OperatorIds.HOT_STORE);

    var gateTally = Completeness.tally(gated, OperatorIds.GATE_TALLY);
    var userTally = Completeness.tally(users, OperatorIds.USER_TALLY);

    var auditRows =
        Completeness.balance(gateTally.union(userTally), OperatorIds.COMPLETENESS)
            .union(Completeness.gaps(gateTally));
    write(auditRows, edges.auditLake(), OperatorIds.AUDIT_LAKE).setParallelism(1);

    var ledgerTick = UserRiskFunction.timerTickMillis(time);
    var seals = Completeness.seals(userTally, time, ledgerTick, OperatorIds.SEALS);
    write(seals, edges.seals(), OperatorIds.SEAL_FILES).setParallelism(1);

    var alerts =
        users
            .getSideOutput(Outputs.ALERTS)
            .map(alert -> KafkaOutput.ofAlert(alertsTopic, alert), StreamTypes.OUTGOING)
            .uid(OperatorIds.ALERT_RECORDS)
            .name(OperatorIds.ALERT_RECORDS);

    var deadLetters =
        gated
            .getSideOutput(Outputs.DEAD_LETTERS)
            .union(users.getSideOutput(Outputs.DEAD_LETTERS))
            .map(letter -> KafkaOutput.ofDeadLetter(deadLettersTopic, letter), StreamTypes.OUTGOING)
            .uid(OperatorIds.DEAD_LETTER_RECORDS)
            .name(OperatorIds.DEAD_LETTER_RECORDS);

    write(deadLetters.union(alerts), edges.kafka(), OperatorIds.KAFKA_OUTPUT);
  }

  private static <T> DataStreamSink<T> write(DataStream<T> rows, Sink<T> sink, String id) {
    return rows.sinkTo(sink).uid(id).name(id);
  }
}
