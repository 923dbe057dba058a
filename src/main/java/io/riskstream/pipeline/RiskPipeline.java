package io.riskstream.pipeline;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.model.Alert;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.HotAlert;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserInput;
import io.riskstream.pipeline.audit.Audit;
import io.riskstream.pipeline.completeness.Completeness;
import io.riskstream.pipeline.control.ControlRecordSerializer;
import io.riskstream.pipeline.control.DocumentGateFunction;
import io.riskstream.pipeline.control.GatedDocumentSerializer;
import io.riskstream.pipeline.gate.ProfileGateFunction;
import io.riskstream.pipeline.gate.ProfileIntakeSerializer;
import io.riskstream.pipeline.quality.Quality;
import io.riskstream.pipeline.state.OperatorIds;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.pipeline.window.Windows;
import io.riskstream.sink.KafkaOutput;
import io.riskstream.sink.OutgoingRecord;
import io.riskstream.source.EventSource;
import io.riskstream.source.control.ControlSource;
import io.riskstream.source.control.DocumentGates;
import io.riskstream.source.control.InitialRuleset;
import io.riskstream.source.profile.ProfileSource;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.source.Boundedness;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamSink;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The graph, between edges that are parameters: production, demo, batch and tests build this one.
 *
 * <pre>{@code
 * events ───► decode + validate ─► GATE ─────────┬─► dead letters ────────────────────────┐
 * profiles ─► decode + validate ─► PROFILE GATE ─┤                                        ▼
 *                                                ▼                                 KafkaSink (2PC)
 * control ─► DOCUMENT GATE ═broadcast═► USER RISK, keyed by user_id ─┬─ alerts, answers ──┘
 *                                                                    ├─ events, ledger, alerts,
 *                                                                    │  activity ─► FileSinks (2PC)
 *                                                                    └─ snapshots, alerts ─► hot store
 * user risk ──────► WINDOW TALLY (chained) ──► WINDOWS, keyed by window ──────► FileSink, hot store
 * gate ───────────► QUALITY TALLY (chained) ─► QUALITY, keyed by partition ───► FileSink, alerts
 * gate, user risk ► TALLY (chained) ─┬───────► COMPLETENESS, keyed by partition ─► FileSink
 *                                    ├───────► CHECKPOINT AUDIT ─────────────────► FileSink
 *                                    └───────► SEALS, keyed by dataset ─► _SEALED files
 * }</pre>
 */
public final class RiskPipeline {
  /**
   * A half-full network buffer waits so long at most on its way to the user operator. Each output
   * has a thread that wakes as often, so that the others keep Flink's own 100 ms: what they carry
   * waits for a checkpoint or a watermark, and either takes it along. A bounded input has nobody
   * who waits, and Flink refuses a timeout between the stages of a batch.
   */
  private static final long TO_USERS_MILLIS = 5;

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
    var in = edges.in();
    var time = config.time();
    var types = config.activity().types();
    var plan = Windows.plan(config.activity());
    var rules = InitialRuleset.of(config.rules(), new DocumentGates(config));

    var gated =
        read(
                environment,
                in.events(),
                EventSource.watermarks(time, in.events()),
                StreamTypes.INTAKE,
                OperatorIds.EVENTS_SOURCE)
            .process(new GateFunction(time, verdicts), StreamTypes.USER_INPUT)
            .uid(OperatorIds.GATE)
            .name(OperatorIds.GATE);
    if (in.events().getBoundedness() == Boundedness.CONTINUOUS_UNBOUNDED) {
      gated.setBufferTimeout(TO_USERS_MILLIS);
    }

    var profiles =
        read(
                environment,
                in.profiles(),
                ProfileSource.watermarks(config, in.profiles()),
                ProfileIntakeSerializer.TYPE,
                OperatorIds.PROFILES_SOURCE)
            .process(
                new ProfileGateFunction(time, verdicts == Verdicts.RECORDED),
                StreamTypes.USER_INPUT)
            .uid(OperatorIds.PROFILE_GATE)
            .name(OperatorIds.PROFILE_GATE);

    var documents =
        read(
                environment,
                in.control(),
                ControlSource.watermarks(),
                ControlRecordSerializer.TYPE,
                OperatorIds.CONTROL_SOURCE)
            .setParallelism(1)
            .process(new DocumentGateFunction(config, in.documents()), GatedDocumentSerializer.TYPE)
            .setParallelism(1)
            .uid(OperatorIds.DOCUMENT_GATE)
            .name(OperatorIds.DOCUMENT_GATE);

    var users =
        gated
            .union(profiles)
            .keyBy(UserInput::userId)
            .connect(documents.broadcast())
            .transform(
                OperatorIds.USER_RISK,
                StreamTypes.USER_EVENT,
                UserRiskOperator.of(config, rules, verdicts, edges))
            .uid(OperatorIds.USER_RISK);

    var windowTally =
        Windows.tally(users.getSideOutput(Windows.ENTRIES), plan, OperatorIds.WINDOW_TALLY);
    var windows = Windows.merge(windowTally, time, config.hotStore().epoch(), OperatorIds.WINDOWS);
    var qualityTally = Quality.tally(gated, types, OperatorIds.QUALITY_TALLY);
    var quality = Quality.judge(qualityTally, types, config.quality(), OperatorIds.QUALITY);
    var alerts = users.getSideOutput(Outputs.ALERTS).union(quality.getSideOutput(Quality.ALERTS));

    var lake = edges.lake();
    write(users, lake.events(), OperatorIds.EVENTS_LAKE);
    write(users.getSideOutput(Outputs.LEDGER), lake.ledger(), OperatorIds.LEDGER_LAKE);
    write(users.getSideOutput(Outputs.ACTIVITY_ROWS), lake.activity(), OperatorIds.ACTIVITY_LAKE);
    write(alerts, lake.alerts(), OperatorIds.ALERTS_LAKE);
    write(windows, lake.windows(), OperatorIds.WINDOWS_LAKE);
    write(
        profiles
            .getSideOutput(ProfileGateFunction.LATE)
            .union(users.getSideOutput(Outputs.PROFILES)),
        lake.profiles(),
        OperatorIds.PROFILES_LAKE);
    writeOne(
        documents.getSideOutput(DocumentGateFunction.ROWS),
        lake.control(),
        OperatorIds.CONTROL_LAKE);
    writeOne(quality, lake.quality(), OperatorIds.QUALITY_LAKE);
    account(gated, users, profiles, documents, rules.version(), config, edges);

    write(users.getSideOutput(Outputs.HOT_UPDATES), edges.hotStore(), OperatorIds.HOT_STORE);
    write(Windows.hot(windows), edges.hotWindows(), OperatorIds.HOT_WINDOWS);
    write(
        outgoing(gated, users, profiles, alerts, config)
            .union(documents.getSideOutput(DocumentGateFunction.STATUS)),
        edges.kafka(),
        OperatorIds.KAFKA_OUTPUT);
  }

  /** What the pipeline says of its own work: rows of the audit dataset, and seals. */
  private static void account(
      SingleOutputStreamOperator<UserInput> gated,
      SingleOutputStreamOperator<UserEvent> users,
      SingleOutputStreamOperator<UserInput> profiles,
      DataStream<GatedDocument> documents,
      String initialRulesVersion,
      RiskstreamConfig config,
      Edges edges) {
    var gateTally = Completeness.tally(gated, OperatorIds.GATE_TALLY);
    var userTally = Completeness.tally(users, OperatorIds.USER_TALLY);
    var tallies = gateTally.union(userTally);
    var checkpoints =
        Audit.checkpoints(tallies, documents, initialRulesVersion, OperatorIds.CHECKPOINT_AUDIT);
    var rows =
        Completeness.balance(tallies, OperatorIds.COMPLETENESS)
            .union(
                Completeness.gaps(gateTally),
                profiles.getSideOutput(ProfileGateFunction.GAPS),
                checkpoints);
    writeOne(rows, edges.lake().audit(), OperatorIds.AUDIT_LAKE);

    var ledgerTick = UserRiskFunction.timerTickMillis(config.time());
    var seals = Completeness.seals(userTally, config.time(), ledgerTick, OperatorIds.SEALS);
    writeOne(seals, edges.seals(), OperatorIds.SEAL_FILES);
  }

  /** Alerts, but for those of shadow rules, and dead letters, as the records that readers get. */
  private static DataStream<OutgoingRecord> outgoing(
      SingleOutputStreamOperator<UserInput> gated,
      SingleOutputStreamOperator<UserEvent> users,
      SingleOutputStreamOperator<UserInput> profiles,
      DataStream<Alert> alerts,
      RiskstreamConfig config) {
    var alertsTopic = config.kafka().alertsTopic();
    var deadLettersTopic = config.kafka().deadLettersTopic();
    var delivered =
        alerts
            .filter(HotAlert::isShown)
            .uid(OperatorIds.DELIVERED_ALERTS)
            .name(OperatorIds.DELIVERED_ALERTS)
            .map(alert -> KafkaOutput.ofAlert(alertsTopic, alert), StreamTypes.OUTGOING)
            .uid(OperatorIds.ALERT_RECORDS)
            .name(OperatorIds.ALERT_RECORDS);
    var deadLetters =
        gated
            .getSideOutput(Outputs.DEAD_LETTERS)
            .union(
                users.getSideOutput(Outputs.DEAD_LETTERS),
                profiles.getSideOutput(ProfileGateFunction.DEAD_LETTERS))
            .map(letter -> KafkaOutput.ofDeadLetter(deadLettersTopic, letter), StreamTypes.OUTGOING)
            .uid(OperatorIds.DEAD_LETTER_RECORDS)
            .name(OperatorIds.DEAD_LETTER_RECORDS);
    return delivered.union(deadLetters);
  }

  private static <T> SingleOutputStreamOperator<T> read(
      StreamExecutionEnvironment environment,
      Source<T, ?, ?> source,
      WatermarkStrategy<T> watermarks,
      TypeInformation<T> type,
      String id) {
    return environment.fromSource(source, watermarks, id, type).uid(id);
  }

  private static <T> DataStreamSink<T> write(DataStream<T> rows, Sink<T> sink, String id) {
    return rows.sinkTo(sink).uid(id).name(id);
  }

  /** Writes by one task: what comes once an hour or a minute is to be one file, not one a task. */
  private static <T> void writeOne(DataStream<T> rows, Sink<T> sink, String id) {
    write(rows, sink, id).setParallelism(1);
  }
}
