package io.riskstream.run;

import io.riskstream.config.RiskstreamConfig;
import java.net.URI;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.ScanParams;

/** What a pipeline has left for its readers, row by row, to be compared with another's. */
final class WrittenResults {
  private static final String[] CONTRACT = {
    "score", "level", "total_events", "first_seen", "last_activity", "rules_version", "final"
  };

  private WrittenResults() {}

  /**
   * Returns all rows of a dataset, every column of them, in an order that hangs on content only.
   */
  static List<String> rows(RiskstreamConfig config, String dataset) throws SQLException {
    var glob = URI.create(config.lake().path()).getPath() + "/" + dataset + "/**/part-*.parquet";
    var rows = new ArrayList<String>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "SELECT to_json(row)::VARCHAR FROM read_parquet('" + glob + "') row")) {
      while (result.next()) {
        rows.add(result.getString(1));
      }
    }
    rows.sort(null);
    return rows;
  }

  /** Returns the fields of each user that a reader may rely on. */
  static Map<String, List<String>> users(RiskstreamConfig config) {
    var users = new TreeMap<String, List<String>>();
    try (var redis = new Jedis(URI.create(config.hotStore().uri()))) {
      var cursor = ScanParams.SCAN_POINTER_START;
      do {
        var page = redis.scan(cursor, new ScanParams().match("risk:user:*").count(1000));
        page.getResult().forEach(key -> users.put(key, redis.hmget(key, CONTRACT)));
        cursor = page.getCursor();
      } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }
    return users;
  }
}
