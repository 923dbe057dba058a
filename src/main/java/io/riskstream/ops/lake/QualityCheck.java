package io.riskstream.ops.lake;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.manifest.SentRecord;
import io.riskstream.model.QualityRow;
import io.riskstream.ops.check.Differences;
import io.riskstream.ops.check.ExactSet;
import io.riskstream.ops.check.Findings;
import io.riskstream.reference.LakeFolders;
import io.riskstream.reference.QualitySheet;
import io.riskstream.reference.ReferenceSettings;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Holds the quality dataset against the reference, row by row, folder included. */
public final class QualityCheck {
  /** Identity of a row. */
  private record Minute(String topic, int partition, Instant time) {
    static Minute of(QualityRow row) {
      return new Minute(row.getTopic(), row.getPartition(), row.getTime());
    }

    @Override
    public String toString() {
      return topic + "-" + partition + " " + time;
    }
  }

  /** A row and the folder it lies in. */
  private record Filed(QualityRow row, String folder) {}

  private QualityCheck() {}

  /** Computes rows and alerts of what was sent, by the job's configuration. */
  public static QualitySheet expected(List<SentRecord> sent, RiskstreamConfig config) {
    var time = config.time();
    var quality = config.quality();
    return QualitySheet.of(
        sent,
        new ReferenceSettings(
            time.watermarkDelay().toMillis(),
            time.allowedLateness().toMillis(),
            time.maxFutureSkew().toMillis()),
        new QualitySheet.Settings(
            Set.copyOf(config.activity().types()),
            quality.leastRows(),
            quality.rowsDeviation(),
            quality.typesShift(),
            quality.alertRowsDeviation(),
            quality.alertTypesShift(),
            quality.alertValidity()));
  }

  /** Reads the dataset and compares; the run must have been drained. */
  public static Findings of(String lakePath, List<QualityRow> expected) throws IOException {
    var findings = new Findings("lake quality");
    var rows =
        new ExactSet<Minute, QualityRow, Filed>(
            findings,
            (row, found) -> {
              var differences = Differences.between(row, found.row(), Set.of());
              var folder = LakeFolders.of(row);
              if (!folder.equals(found.folder())) {
                differences.add(Differences.difference("folder", folder, found.folder()));
              }
              return differences;
            });
    expected.forEach(row -> rows.expect(Minute.of(row), row));
    new LakeDataset<>(lakePath, "quality", new QualityRow(), findings)
        .read((row, folder, where) -> rows.found(Minute.of(row), new Filed(row, folder), where));
    rows.finish(always -> true);
    return findings;
  }
}
