package io.riskstream.cluster;

import io.riskstream.cluster.process.ProcessMark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One process of a local cluster; a later process of the same id is never taken for it. */
public final class ClusterMember {
  private static final Pattern METRICS_PORT =
      Pattern.compile("Started PrometheusReporter HTTP server on port (\\d+)");
  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final String name;
  private final ProcessMark mark;
  private final Path log;

  ClusterMember(String name, ProcessMark mark, Path log) {
    this.name = name;
    this.mark = mark;
    this.log = log;
  }

  /** Returns such as {@code taskmanager-1}; its successor after a death has the same name. */
  public String name() {
    return name;
  }

  public long pid() {
    return mark.pid();
  }

  /** Returns the file that it logs to, after those who had its name before. */
  public Path log() {
    return log;
  }

  public boolean isAlive() {
    return mark.isAlive();
  }

  /** Returns since when it runs; empty if it has ended. */
  public Optional<Instant> since() {
    return mark.since();
  }

  /** Returns the port on which Prometheus reads it, once it has said it; on all interfaces. */
  public OptionalInt metricsPort() throws IOException {
    try (var lines = Files.lines(log)) {
      return lines
          .map(METRICS_PORT::matcher)
          .filter(Matcher::find)
          .mapToInt(found -> Integer.parseInt(found.group(1)))
          .reduce((former, later) -> later);
    } catch (NoSuchFileException nothingPrinted) {
      return OptionalInt.empty();
    }
  }

  /** Ends it at once, as a crash does; returns when it is gone. */
  public void kill() throws IOException {
    mark.kill();
  }

  /** Takes its processor time away: connections stay, nothing answers. */
  public void pause() throws IOException {
    mark.signal("STOP");
  }

  /** Lets it go on after a pause. */
  public void resume() throws IOException {
    mark.signal("CONT");
  }

  /** Ends it in good order, or hard if that takes too long; returns when it is gone. */
  void stop() throws IOException {
    mark.terminate();
    if (!mark.awaitEnd(STOP_LIMIT)) {
      mark.kill();
    }
  }

  @Override
  public String toString() {
    return name + " (" + pid() + ")";
  }
}
