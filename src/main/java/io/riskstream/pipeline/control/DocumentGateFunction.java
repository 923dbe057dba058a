package io.riskstream.pipeline.control;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.ControlRow;
import io.riskstream.model.GatedDocument;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.rules.document.Answer;
import io.riskstream.rules.document.DocumentGate;
import io.riskstream.sink.OutgoingRecord;
import io.riskstream.source.control.DocumentGates;
import io.riskstream.source.control.DocumentHistory;
import io.riskstream.source.control.RecordedAnswers;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.formats.avro.typeutils.AvroTypeInfo;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.ProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one gate of the documents, in one task: hands on each that it accepts, with its cut, and says
 * aside what became of every record. A file that cannot be reached now fails the job, which tries
 * again from its last checkpoint. What was answered before, by a job whose state is gone, is not
 * answered again: a document that was accepted then is handed on with the cut of then.
 *
 * <p>State: what the gate remembers of accepted documents, 32 bytes each; never cleared, and
 * bounded as {@link DocumentGate} says.
 */
public final class DocumentGateFunction extends ProcessFunction<ControlRecord, GatedDocument>
    implements CheckpointedFunction {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(DocumentGateFunction.class);

  /** The answer to each record, for the topic that says so. */
  public static final OutputTag<OutgoingRecord> STATUS =
      new OutputTag<>("control-status", StreamTypes.OUTGOING);

  /** Each accepted document, for the lake. */
  public static final OutputTag<ControlRow> ROWS =
      new OutputTag<>("control-rows", new AvroTypeInfo<>(ControlRow.class));

  private static final ListStateDescriptor<byte[]> KNOWN =
      new ListStateDescriptor<>(
          "known-documents", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO);

  private final DocumentGates gates;
  private final String statusTopic;
  private final DocumentHistory history;

  private transient DocumentGate gate;
  private transient RecordedAnswers answered;
  private transient ListState<byte[]> known;
  private transient Counter accepted;
  private transient Counter repeated;
  private transient Counter refused;

  /**
   * @param history tells what was answered
   */
  public DocumentGateFunction(RiskstreamConfig config, DocumentHistory history) {
    gates = new DocumentGates(config);
    this.history = history;
    statusTopic = config.kafka().controlStatusTopic();
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    gate = gates.create();
    known = context.getOperatorStateStore().getListState(KNOWN);
    for (var packed : known.get()) {
      try {
        gate.unpack(packed);
      } catch (IllegalArgumentException unreadable) {
        throw new SuppressRestartsException(unreadable);
      }
    }
  }

  @Override
  public void open(OpenContext context) {
    answered = history.answers();
    var metrics = getRuntimeContext().getMetricGroup();
    accepted = metrics.counter("controlAccepted");
    repeated = metrics.counter("controlRepeated");
    refused = metrics.counter("controlRefused");
  }

  @Override
  public void processElement(ControlRecord judged, Context context, Collector<GatedDocument> out)
      throws IOException {
    if (answered.hasAnswerTo(judged)) {
      var kept = answered.keepTo(judged, gate);
      if (kept.isPresent()) {
        handOn(judged, kept.get(), context, out);
      }
      return;
    }
    var answer = gate.judge(judged);
    if (answer instanceof Answer.Accepted taken) {
      accepted.inc();
      handOn(judged, taken, context, out);
    } else if (answer instanceof Answer.Repeated) {
      repeated.inc();
    } else if (answer instanceof Answer.Refused no) {
      refused.inc();
      var at = judged.coordinates();
      LOG.error(
          "control document {}-{}@{} is refused and changes nothing: {}; publish a corrected one",
          at.topic(),
          at.partition(),
          at.offset(),
          no.reason());
    }
    context.output(STATUS, ControlStatus.of(statusTopic, judged, answer));
  }

  private static void handOn(
      ControlRecord judged,
      Answer.Accepted accepted,
      Context context,
      Collector<GatedDocument> out) {
    out.collect(accepted.gated());
    context.output(ROWS, row(judged, accepted));
  }

  private static ControlRow row(ControlRecord judged, Answer.Accepted accepted) {
    var document = accepted.gated().document();
    var at = judged.coordinates();
    return ControlRow.newBuilder()
        .setKind(document.kind())
        .setId(document.id())
        .setVersion(document.version())
        .setCut(accepted.hasCut() ? Instant.ofEpochMilli(accepted.gated().cutMillis()) : null)
        .setDocument(accepted.recordedJson())
        .setTopic(at.topic())
        .setPartition(at.partition())
        .setOffset(at.offset())
        .setBrokerTime(Instant.ofEpochMilli(at.ingestTimeMillis()))
        .build();
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    known.update(List.of(gate.pack()));
  }
}
