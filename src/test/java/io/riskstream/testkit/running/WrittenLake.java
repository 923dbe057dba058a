package io.riskstream.testkit.running;

import io.riskstream.config.RiskstreamConfig;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** What a job has written to its lake, asked in SQL. */
public final class WrittenLake {
  private final String folder;

  public WrittenLake(RiskstreamConfig config) {
    folder = URI.create(config.lake().path()).getPath();
  }

  /**
   * Returns the first column of a query as text, row by row.
   *
   * @param sql with {@code {name}} for the visible files of the dataset of that name
   */
  public List<String> ask(String sql) throws SQLException {
    var files =
        sql.replaceAll("\\{([a-z-]+)}", "read_parquet('" + folder + "/$1/**/part-*.parquet')");
    var found = new ArrayList<String>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var result = statement.executeQuery(files)) {
      while (result.next()) {
        found.add(result.getString(1));
      }
    }
    return found;
  }

  /** Returns how many rows of a dataset fulfil a condition. */
  public long count(String dataset, String condition) throws SQLException {
    return Long.parseLong(ask("SELECT count(*) FROM {" + dataset + "} WHERE " + condition).get(0));
  }

  /** Returns a time for use in SQL. */
  public static String at(long epochMillis) {
    return "make_timestamptz(" + 1_000 * epochMillis + ")";
  }
}
