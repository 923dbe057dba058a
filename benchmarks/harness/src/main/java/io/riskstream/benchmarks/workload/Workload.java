package io.riskstream.benchmarks.workload;

import io.riskstream.load.LoadShares;
import io.riskstream.load.event.LoadFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;

/**
 * Events that differ from workload to workload by data only, and what riskstream is set to; the
 * same file gives the same users, types and order, and event times that end about now.
 *
 * @param name that of its file
 * @param ratePerSecond records a second of event time
 * @param records of the topic that is drained
 * @param checkRecords of the topic on which results are compared
 * @param shares of events that are not ordinary, which no peer is asked to handle
 * @param format of the events; peers read JSON only
 * @param contenders those that can be asked for it; empty for all
 * @param parallelism of the contenders; 0 for that of the run
 * @param settings of riskstream, beside those that it is always measured with
 */
public record Workload(
    String name,
    String title,
    Users users,
    long seed,
    double ratePerSecond,
    long records,
    long checkRecords,
    LoadShares shares,
    LoadFormat format,
    List<String> contenders,
    int parallelism,
    Map<String, String> settings) {
  /** What no pipeline here may take for late; events of a workload are in order anyway. */
  public static final Duration WATERMARK_DELAY = Duration.ofMinutes(1);

  /** How long after the watermark results become final. */
  public static final Duration ALLOWED_LATENESS = Duration.ofMinutes(2);

  /** Valid events with ids of their own, in order: what every peer can be asked to handle. */
  private static final LoadShares COMMON = new LoadShares(0, 0, 0, 0, 0, 0);

  /** Those that can be started with users in their state. */
  private static final List<String> ABLE_TO_GO_ON = List.of("riskstream");

  private static final String SUFFIX = ".properties";
  private static final String SETTING = "set.";

  public Workload {
    contenders = List.copyOf(contenders);
    settings = Map.copyOf(settings);
    if (contenders.isEmpty() && !(shares.equals(COMMON) && format == LoadFormat.JSON)) {
      throw new IllegalArgumentException(
          name + ": peers handle ordinary events as JSON only, so it has to name contenders");
    }
    if (users.known() && !contenders.equals(ABLE_TO_GO_ON)) {
      throw new IllegalArgumentException(
          name + ": only riskstream goes on from a savepoint, so that its users can be known");
    }
    if (ratePerSecond > 1000) {
      throw new IllegalArgumentException(
          "%s: the rate is %s, but above 1000 two events of a user may have one timestamp, and peers know no order of those"
              .formatted(name, ratePerSecond));
    }
  }

  /** One that everybody can be asked for. */
  public Workload(
      String name,
      String title,
      int users,
      double zipfExponent,
      long seed,
      double ratePerSecond,
      long records,
      long checkRecords) {
    this(
        name,
        title,
        new Users(users, zipfExponent, 0, false),
        seed,
        ratePerSecond,
        records,
        checkRecords,
        COMMON,
        LoadFormat.JSON,
        List.of(),
        0,
        Map.of());
  }

  /**
   * Reads a workload.
   *
   * @return empty if it is not for this size
   * @throws IOException if the file is not there, or a key of it is wrong; the message names both
   */
  public static Optional<Workload> read(Path file, Size size) throws IOException {
    var keys = new Properties();
    try (var text = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      keys.load(text);
    }
    var recordsKey = "records." + size.key();
    try {
      var workload =
          new Workload(
              file.getFileName().toString().replace(SUFFIX, ""),
              required(keys, "title"),
              new Users(
                  Integer.parseInt(required(keys, "users")),
                  Double.parseDouble(required(keys, "zipf")),
                  share(keys, "hot-share"),
                  Boolean.parseBoolean(keys.getProperty("known", "false").strip())),
              Long.parseLong(required(keys, "seed")),
              Double.parseDouble(required(keys, "rate")),
              Long.parseLong(keys.getProperty(recordsKey, "0").strip()),
              Long.parseLong(required(keys, "records.check")),
              new LoadShares(share(keys, "duplicates"), 0, share(keys, "out-of-order"), 0, 0, 0),
              LoadFormat.valueOf(
                  keys.getProperty("format", "json").strip().toUpperCase(Locale.ROOT)),
              list(keys.getProperty("contenders", "")),
              Integer.parseInt(keys.getProperty("parallelism", "0").strip()),
              settings(keys, file));
      return keys.containsKey(recordsKey) ? Optional.of(workload) : Optional.empty();
    } catch (IllegalArgumentException wrong) {
      throw new IOException(file + ": " + wrong.getMessage(), wrong);
    }
  }

  /** Returns the same events, with riskstream set to this. */
  public Workload withSettings(Map<String, String> other) {
    return new Workload(
        name,
        title,
        users,
        seed,
        ratePerSecond,
        records,
        checkRecords,
        shares,
        format,
        contenders,
        parallelism,
        other);
  }

  /** Returns the parallelism of contenders in a run that asks for this one. */
  public int parallelismOr(int ofTheRun) {
    return parallelism > 0 ? parallelism : ofTheRun;
  }

  /** Returns whether a contender is measured on it. */
  public boolean isFor(String contender) {
    return contenders.isEmpty() || contenders.contains(contender);
  }

  /** Returns whether peers can be asked for it. */
  public boolean isCommon() {
    return shares.equals(COMMON) && format == LoadFormat.JSON;
  }

  /** Returns whether it says nothing but what is sent, and that as JSON. */
  public boolean isTrafficOnly() {
    return settings.isEmpty() && parallelism == 0 && !users.known() && format == LoadFormat.JSON;
  }

  /** Returns whether only some contenders are measured on it. */
  public boolean isAlone() {
    return !contenders.isEmpty();
  }

  private static double share(Properties keys, String key) {
    return Double.parseDouble(keys.getProperty(key, "0").strip());
  }

  private static List<String> list(String text) {
    return Arrays.stream(text.split(",")).map(String::strip).filter(one -> !one.isEmpty()).toList();
  }

  /** A value that begins with {@code ./} is a file beside the workload's. */
  private static Map<String, String> settings(Properties keys, Path file) {
    var settings = new TreeMap<String, String>();
    for (var key : keys.stringPropertyNames()) {
      if (key.startsWith(SETTING)) {
        var value = keys.getProperty(key).strip();
        settings.put(
            key.substring(SETTING.length()),
            value.startsWith("./") ? file.resolveSibling(value).normalize().toString() : value);
      }
    }
    return settings;
  }

  private static String required(Properties keys, String key) {
    var value = keys.getProperty(key);
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
    return value.strip();
  }
}
