package io.riskstream.ops.lake;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.QualityRow;
import io.riskstream.ops.check.Findings;
import io.riskstream.reference.LakeFolders;
import io.riskstream.reference.QualitySheet;
import io.riskstream.reference.ReferenceSettings;
import io.riskstream.testkit.Events;
import io.riskstream.testkit.ParquetFiles;
import io.riskstream.testkit.SentStory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each way in which the quality dataset can be wrong is found. */
final class QualityCheckTest {
  private static final QualitySheet SHEET = sheet();
  private static final List<QualityRow> EXPECTED = SHEET.rows();

  @TempDir private Path lake;
  private final List<QualityRow> written = new ArrayList<>();

  @BeforeEach
  void writeAllOfIt() {
    EXPECTED.forEach(row -> written.add(QualityRow.newBuilder(row).build()));
  }

  @Test
  void findsNothingWhereNothingIsWrong() throws Exception {
    write("", written);
    assertThat(EXPECTED).hasSize(9);
    assertThat(check()).contains("found 9, missing 0, double 0, different 0, unexpected 0");
  }

  @Test
  void findsAMinuteThatIsMissing() throws Exception {
    write("", written.subList(1, 9));
    assertThat(check()).contains("missing 1", "missing: events-0 2026-01-01T00:00:00Z");
  }

  @Test
  void findsAMinuteThatIsThereTwice() throws Exception {
    written.add(written.get(4));
    write("", written);
    assertThat(check()).contains("double 1");
  }

  @Test
  void findsAMeasureThatIsOff() throws Exception {
    written.get(8).setRowsAnomaly(!written.get(8).getRowsAnomaly());
    written.get(3).getTypes().put("other", 1L);
    write("", written);
    assertThat(check()).contains("different 2", "rows_anomaly: expected", "types: expected");
  }

  @Test
  void findsAMinuteThatNobodySent() throws Exception {
    written.get(2).setPartition(7);
    write("", written);
    assertThat(check()).contains("missing 1", "unexpected 1", "events-7");
  }

  @Test
  void findsARowInTheWrongFolder() throws Exception {
    write("0", written);
    assertThat(check()).contains("different 9", "folder: expected year=2026");
  }

  @Test
  void findsAnAlertThatIsMissingOrOnlyRaisedOrSaysSomethingElse() throws Exception {
    var expected = SHEET.alerts();
    assertThat(expected).hasSizeGreaterThan(1);
    var found = new ArrayList<Alert>();
    for (var confirmed : expected) {
      found.add(raised(confirmed));
      found.add(Alert.newBuilder(confirmed).setCodeVersion("1.0").build());
    }
    found.add(Alert.newBuilder(found.get(0)).setKind("event").setRevision(9).build());
    assertThat(alerts("right", found)).contains("missing 0, double 0, different 0, unexpected 0");
    found.get(2).setSeverity("critical");
    assertThat(alerts("severity", found)).contains("different 1", "severity: expected");
    found.remove(1);
    assertThat(alerts("unconfirmed", found)).contains("missing 1", "revision 1");
    found.add(found.get(0));
    assertThat(alerts("twice", found)).contains("double 1");
  }

  private static Alert raised(Alert confirmed) {
    return Alert.newBuilder(confirmed)
        .setRevision(0)
        .setStatus(AlertStatus.raised)
        .setFinal$(false)
        .build();
  }

  private String alerts(String name, List<Alert> alerts) throws Exception {
    var root = lake.resolve(name);
    for (var number = 0; number < alerts.size(); number++) {
      var alert = alerts.get(number);
      var folder = root.resolve("alerts").resolve(LakeFolders.of(alert));
      var file = Files.createDirectories(folder).resolve("part-" + number + ".parquet");
      ParquetFiles.write(file, List.of(alert));
    }
    return printed(QualityCheck.alerts(root.toUri().toString(), SHEET.alerts()));
  }

  private static QualitySheet sheet() {
    var story = new SentStory();
    for (var minute = 0; minute < 9; minute++) {
      for (var event = 0; event <= minute % 4; event++) {
        var at = Events.START + minute * 60_000L + event;
        story.event(0, "ann", minute + "-" + event, "purchase", at);
      }
    }
    var time = new ReferenceSettings(1_000, 1_000, 1_000);
    var settings = new QualitySheet.Settings(Set.of("login"), 1, 10, 10, 50, 30, 90);
    return QualitySheet.of(story.records(), time, settings);
  }

  private void write(String wrong, List<QualityRow> rows) throws Exception {
    var folder = lake.resolve("quality").resolve(LakeFolders.of(rows.get(0)) + wrong);
    ParquetFiles.write(Files.createDirectories(folder).resolve("part-0.parquet"), rows);
  }

  private String check() throws Exception {
    return printed(QualityCheck.of(lake.toUri().toString(), EXPECTED));
  }

  static String printed(Findings findings) {
    var printed = new ByteArrayOutputStream();
    findings.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
    return printed.toString(StandardCharsets.UTF_8);
  }
}
