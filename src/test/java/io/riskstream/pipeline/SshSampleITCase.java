package io.riskstream.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.demo.DataFolder;
import io.riskstream.demo.Demo;
import io.riskstream.demo.DemoSettings;
import io.riskstream.demo.StopRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The shipped sample through the pipeline, and the documented query on the lake that it leaves. */
@Timeout(240)
final class SshSampleITCase {
  private static final Path SAMPLE = Path.of("samples/ssh-logins.ndjson");
  private static final Path QUERY = Path.of("samples/users.sql");
  private static final Path EXPECTED = Path.of("src/test/resources/ssh-logins.expected.csv");
  private static final Path ALERTS_QUERY = Path.of("samples/alerts.sql");
  private static final Path ALERTS = Path.of("src/test/resources/ssh-logins.alerts.csv");

  @TempDir Path path;

  @Test
  void theDocumentedQueriesGiveTheExpectedScoresOfAllUsersAndTheirExplainedAlerts()
      throws Exception {
    var settings = new DemoSettings(null, 5_000, 1, 1, SAMPLE, 0, 0, 0);
    try (var folder = DataFolder.open(path);
        var demo = new Demo(PipelineJob::define, settings, folder, new StopRequest(), line -> {})) {
      assertThat(demo.start()).isTrue();
      assertThat(demo.run().isComplete()).isTrue();

      assertThat(rows(QUERY, folder)).isEqualTo(Files.readAllLines(EXPECTED)).hasSize(32);
      assertThat(rows(ALERTS_QUERY, folder)).isEqualTo(Files.readAllLines(ALERTS)).hasSize(99);
    }
  }

  private static List<String> rows(Path query, DataFolder folder) throws Exception {
    return rows(Files.readString(query).replace("demo-data/lake", folder.lake().toString()));
  }

  private static List<String> rows(String query) throws SQLException {
    var lines = new ArrayList<String>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var result = statement.executeQuery(query)) {
      var columns = result.getMetaData().getColumnCount();
      var line = new ArrayList<String>();
      for (var column = 1; column <= columns; column++) {
        line.add(result.getMetaData().getColumnName(column));
      }
      lines.add(String.join(",", line));
      while (result.next()) {
        line.clear();
        for (var column = 1; column <= columns; column++) {
          line.add(result.getString(column));
        }
        lines.add(String.join(",", line));
      }
    }
    return lines;
  }
}
