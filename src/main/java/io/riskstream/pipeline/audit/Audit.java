package io.riskstream.pipeline.audit;

import io.riskstream.model.AuditRow;
import io.riskstream.model.GatedDocument;
import io.riskstream.pipeline.completeness.PartitionDelta;
import io.riskstream.pipeline.type.StreamTypes;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;

/**
 * The part of the graph that says which code and which ruleset read what, checkpoint by checkpoint.
 */
public final class Audit {
  private Audit() {}

  /**
   * Returns the rows of runs and checkpoints; not for batches, which have neither.
   *
   * @param tallies sums of the gate and of the user operator
   * @param documents those that the one gate has accepted, in their order
   * @param initialRulesVersion of the ruleset that is in force before all cuts
   */
  public static SingleOutputStreamOperator<AuditRow> checkpoints(
      DataStream<PartitionDelta> tallies,
      DataStream<GatedDocument> documents,
      String initialRulesVersion,
      String uid) {
    return tallies
        .connect(documents)
        .transform(uid, StreamTypes.AUDIT_ROW, new CheckpointAuditOperator(initialRulesVersion))
        .setParallelism(1)
        .uid(uid);
  }
}
