package io.riskstream.pipeline.completeness;

import io.riskstream.config.TimeConfig;
import io.riskstream.model.AuditRow;
import io.riskstream.pipeline.type.StreamTypes;
import io.riskstream.sink.seal.Seal;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * The part of the graph that keeps the accounts.
 *
 * <pre>{@code
 * gate, user operator ─ entries ─► TALLY (chained) ─┬─► COMPLETENESS, keyed by partition ─► audit rows
 *                                                   ├─► lost ranges ──────────────────────► audit rows
 *                                                   └─► SEALS, keyed by dataset ──────────► seals
 * }</pre>
 *
 * <p>What comes out of the tallies is a few rows a second, so the two functions run in one task
 * each, and write one file and not one a task.
 */
public final class Completeness {
  /** Entries for the accounts, from the gate and from the user operator. */
  public static final OutputTag<Account> ACCOUNTS =
      new OutputTag<>("accounts", AccountSerializer.TYPE);

  static final TypeInformation<PartitionDelta> PARTITION_DELTA = Types.POJO(PartitionDelta.class);
  static final TypeInformation<FolderDelta> FOLDER_DELTA = Types.POJO(FolderDelta.class);
  static final OutputTag<FolderDelta> FOLDERS = new OutputTag<>("folders", FOLDER_DELTA);
  static final OutputTag<AuditRow> GAPS = new OutputTag<>("gaps", StreamTypes.AUDIT_ROW);

  /** Sums that a tally holds before it hands them on. */
  static final int MOST_SUMS = 4_096;

  private Completeness() {}

  /** Adds up the entries of one operator, in its own task. */
  public static SingleOutputStreamOperator<PartitionDelta> tally(
      SingleOutputStreamOperator<?> accounted, String uid) {
    return accounted
        .getSideOutput(ACCOUNTS)
        .transform(uid, PARTITION_DELTA, new TallyOperator(MOST_SUMS, FOLDERS, GAPS))
        .uid(uid);
  }

  /** Merges the sums into the rows of the audit dataset, but for the lost ranges. */
  public static SingleOutputStreamOperator<AuditRow> balance(
      DataStream<PartitionDelta> tallies, String uid) {
    return tallies
        .keyBy(PartitionDelta::partitionName)
        .process(new CompletenessFunction(), StreamTypes.AUDIT_ROW)
        .setParallelism(1)
        .uid(uid)
        .name(uid);
  }

  /** Returns the ranges of offsets that were lost, as rows of the audit dataset. */
  public static DataStream<AuditRow> gaps(SingleOutputStreamOperator<PartitionDelta> tally) {
    return tally.getSideOutput(GAPS);
  }

  /**
   * Merges the sums into the seals of hours that are over.
   *
   * @param ledgerTickMillis how long after the finality line the ledger's rows may come
   */
  public static SingleOutputStreamOperator<Seal> seals(
      SingleOutputStreamOperator<PartitionDelta> tally,
      TimeConfig time,
      long ledgerTickMillis,
      String uid) {
    return tally
        .getSideOutput(FOLDERS)
        .keyBy(FolderDelta::dataset)
        .process(
            new SealFunction(
                time.allowedLateness().toMillis(),
                ledgerTickMillis,
                time.maxFutureSkew().toMillis()),
            Types.POJO(Seal.class))
        .setParallelism(1)
        .uid(uid)
        .name(uid);
  }
}
