package io.riskstream.chaos.fault;

import io.riskstream.chaos.stage.Stage;
import io.riskstream.chaos.watch.JobSample;
import io.riskstream.cluster.ClusterMember;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What job and servers have shown since a moment, by their own records of it. */
public final class Aftermath {
  private static final int LONGEST_QUOTE = 140;

  private final Stage stage;
  private final long sinceMillis;
  private final long restartsBefore;
  private final long failedCheckpointsBefore;
  private final Map<Path, Long> logsBefore = new LinkedHashMap<>();

  private Aftermath(Stage stage) throws IOException {
    this.stage = stage;
    sinceMillis = System.currentTimeMillis();
    restartsBefore = stage.watch().restarts();
    failedCheckpointsBefore = stage.watch().failedCheckpoints();
    for (var log : logs()) {
      logsBefore.put(log, Files.exists(log) ? Files.size(log) : 0);
    }
  }

  /** Begins now. */
  public static Aftermath begin(Stage stage) throws IOException {
    return new Aftermath(stage);
  }

  /** Returns when it began, epoch milliseconds. */
  public long sinceMillis() {
    return sinceMillis;
  }

  /** Returns how often the job was restarted, or taken over, since. */
  public long restarts() {
    return stage.watch().restarts() - restartsBefore;
  }

  /** Returns how many checkpoints have failed since. */
  public long failedCheckpoints() {
    return stage.watch().failedCheckpoints() - failedCheckpointsBefore;
  }

  /** Returns the samples of the job since. */
  public List<JobSample> samples() {
    return stage.watch().samples().stream()
        .filter(sample -> sample.atMillis() >= sinceMillis)
        .toList();
  }

  /** Returns how many checkpoints began and were complete in the time that is given. */
  public long checkpoints(long fromMillis, long untilMillis) {
    return samples().stream()
        .map(JobSample::completed)
        .filter(
            checkpoint ->
                checkpoint.triggeredMillis() >= fromMillis
                    && checkpoint.acknowledgedMillis() < untilMillis)
        .map(JobSample.CompletedCheckpoint::id)
        .distinct()
        .count();
  }

  /**
   * Returns the line of a failure of the job since, or of a line that a server has logged since,
   * that holds one of the texts.
   */
  public Optional<String> said(String... texts) throws IOException {
    for (var failure : stage.watch().failuresSince(sinceMillis)) {
      var line = failure.text().lines().filter(one -> holds(one, texts)).findFirst();
      if (line.isPresent()) {
        return line.map(Aftermath::quote);
      }
    }
    for (var log : logs()) {
      var line = logged(log, texts);
      if (line.isPresent()) {
        return line;
      }
    }
    return Optional.empty();
  }

  /** Returns a line that was logged to the file since, and that holds one of the texts. */
  public Optional<String> logged(Path log, String... texts) throws IOException {
    return linesSince(log)
        .lines()
        .filter(line -> holds(line, texts))
        .findFirst()
        .map(Aftermath::quote);
  }

  /** Shortens a line for the table. */
  public static String quote(String line) {
    var one = line.strip().replaceAll("^(\\d{4}-\\d\\d-\\d\\d[ T])?[\\d:,.]+ +", "");
    return one.length() <= LONGEST_QUOTE ? one : one.substring(0, LONGEST_QUOTE) + "…";
  }

  private String linesSince(Path log) throws IOException {
    if (!Files.exists(log)) {
      return "";
    }
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      var from = Math.min(logsBefore.getOrDefault(log, 0L), file.length());
      var bytes = new byte[(int) Math.min(file.length() - from, 64L << 20)];
      file.seek(from);
      file.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private List<Path> logs() {
    var logs = new ArrayList<Path>();
    logs.add(stage.cluster().jobManager().log());
    stage.cluster().taskManagers().stream().map(ClusterMember::log).forEach(logs::add);
    logs.add(stage.kafka().log());
    return logs;
  }

  private static boolean holds(String line, String... texts) {
    for (var text : texts) {
      if (line.contains(text)) {
        return true;
      }
    }
    return false;
  }
}
