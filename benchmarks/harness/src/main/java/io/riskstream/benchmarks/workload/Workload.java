package io.riskstream.benchmarks.workload;

import io.riskstream.load.LoadSettings;
import io.riskstream.load.LoadShares;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;

/**
 * Events that differ from workload to workload by data only; the same file gives the same users,
 * types and order, and event times that end about now.
 *
 * @param name that of its file
 * @param zipfExponent how unevenly the events fall on users; 0 is evenly
 * @param ratePerSecond records a second of event time
 * @param records of the topic that is drained
 * @param checkRecords of the topic on which results are compared
 */
public record Workload(
    String name,
    String title,
    int users,
    double zipfExponent,
    long seed,
    double ratePerSecond,
    long records,
    long checkRecords) {
  /** What no pipeline here may take for late; events of a workload are in order anyway. */
  public static final Duration WATERMARK_DELAY = Duration.ofMinutes(1);

  /** How long after the watermark results become final. */
  public static final Duration ALLOWED_LATENESS = Duration.ofMinutes(2);

  /** Valid events with ids of their own, in order: what every peer can be asked to handle. */
  private static final LoadShares COMMON = new LoadShares(0, 0, 0, 0, 0, 0);

  private static final String SUFFIX = ".properties";

  public Workload {
    if (ratePerSecond > 1000) {
      throw new IllegalArgumentException(
          "%s: the rate is %s, but above 1000 two events of a user may have one timestamp, and peers know no order of those"
              .formatted(name, ratePerSecond));
    }
  }

  /**
   * Reads a workload.
   *
   * @throws IOException if the file is not there, or a key of it is wrong; the message names both
   */
  public static Workload read(Path file, Size size) throws IOException {
    var keys = new Properties();
    try (var text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      keys.load(text);
    }
    try {
      return new Workload(
          file.getFileName().toString().replace(SUFFIX, ""),
          required(keys, "title"),
          Integer.parseInt(required(keys, "users")),
          Double.parseDouble(required(keys, "zipf")),
          Long.parseLong(required(keys, "seed")),
          Double.parseDouble(required(keys, "rate")),
          Long.parseLong(required(keys, "records." + size.key())),
          Long.parseLong(required(keys, "records.check")));
    } catch (IllegalArgumentException wrong) {
      throw new IOException(file + ": " + wrong.getMessage(), wrong);
    }
  }

  /**
   * Returns the plan's settings for so many records, the last of which is due at about this time.
   */
  LoadSettings settings(long count, long endMillis) {
    return new LoadSettings(
        ratePerSecond,
        count,
        users,
        zipfExponent,
        seed,
        endMillis - Math.round(count / ratePerSecond * 1000),
        WATERMARK_DELAY,
        ALLOWED_LATENESS,
        COMMON);
  }

  private static String required(Properties keys, String key) {
    var value = keys.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return value.strip();
  }
}
