package io.riskstream.ops.lake;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.QualityRow;
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

  /** Identity of a message. */
  private record Step(String alertId, int revision) {
    @Override
    public String toString() {
      return "alert " + alertId + " revision " + revision;
    }
  }

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
        new ExactSet<Minute, QualityRow, Filed<QualityRow>>(
            findings, (row, found) -> found.differences(row, LakeFolders.of(row)));
    expected.forEach(row -> rows.expect(Minute.of(row), row));
    new LakeDataset<>(lakePath, "quality", new QualityRow(), findings)
        .read((row, folder, where) -> rows.found(Minute.of(row), new Filed<>(row, folder), where));
    rows.finish(always -> true);
    return findings;
  }

  /** Holds the alerts of kind data-quality in the dataset against those expected. */
  public static Findings alerts(String lakePath, List<Alert> expected) throws IOException {
    var findings = new Findings("lake quality alerts");
    var alerts =
        new ExactSet<Step, Alert, Filed<Alert>>(
            findings,
            (alert, found) ->
                found.differences(alert, LakeFolders.of(alert), Set.of("code_version")));
    for (var confirmed : expected) {
      var raised =
          Alert.newBuilder(confirmed)
              .setRevision(0)
              .setStatus(AlertStatus.raised)
              .setFinal$(false)
              .build();
      List.of(raised, confirmed).forEach(alert -> alerts.expect(stepOf(alert), alert));
    }
    new LakeDataset<>(lakePath, "alerts", new Alert(), findings)
        .read(
            (alert, folder, where) -> {
              if (alert.getKind().equals("data-quality")) {
                alerts.found(stepOf(alert), new Filed<>(alert, folder), where);
              }
            });
    alerts.finish(always -> true);
    return findings;
  }

  private static Step stepOf(Alert alert) {
    return new Step(alert.getAlertId(), alert.getRevision());
  }
}
