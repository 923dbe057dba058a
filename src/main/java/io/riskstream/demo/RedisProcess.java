package io.riskstream.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import redis.embedded.RedisExecProvider;

/** One run of the Redis executable that embedded-redis ships; gone when {@link #stop} returns. */
final class RedisProcess {
  /**
   * Makes Redis a session of its own, which the terminal's Ctrl-C does not reach (Redis always
   * installs its own SIGINT handler, so ignoring the signal is no way; where there is no setsid,
   * Ctrl-C ends Redis too). A watcher holds the read end of a pipe from this JVM and ends Redis
   * when the pipe closes, which the kernel does for a JVM that ends in whatever way.
   */
  private static final String LAUNCH_SCRIPT =
      """
      exec 3<&0
      ( trap '' INT HUP TERM
        cat <&3 >/dev/null
        kill -TERM $$ && kill -CONT $$ ) >/dev/null 2>&1 &
      exec 3<&- </dev/null
      command -v setsid >/dev/null && exec setsid "$@"
      exec "$@"
      """;

  private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final int LAST_LINES = 20;

  private static String unpacked;

  private final Process process;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Deque<String> lastLines = new ArrayDeque<>();

  private RedisProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the executable and waits until it accepts connections.
   *
   * @throws PortTakenException if another process listens on the port
   */
  static RedisProcess launch(int port, List<String> arguments) throws IOException {
    var command = new ArrayList<>(List.of("/bin/sh", "-c", LAUNCH_SCRIPT, "sh"));
    command.add(executable());
    command.addAll(arguments);
    var redis = new RedisProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    var reader = new Thread(redis::readOutput, "embedded-redis-" + port);
    reader.setDaemon(true);
    reader.start();
    redis.awaitReady(port);
    return redis;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends Redis in good order, or hard if that takes too long. */
  void stop() {
    process.destroy();
    try {
      signal("CONT");
      if (process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        return;
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (IOException noSignal) {
      // A server that was never paused ends without it; one that does not end is killed below.
    }
    kill();
  }

  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  void signal(String name) throws IOException {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid()));
      kill.redirectOutput(ProcessBuilder.Redirect.DISCARD);
      kill.redirectError(ProcessBuilder.Redirect.DISCARD);
      kill.start().waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while signalling Redis");
    }
  }

  private void awaitReady(int port) throws IOException {
    try {
      ready.get(START_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      kill();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while Redis started on port " + port);
    } catch (TimeoutException | ExecutionException failed) {
      kill();
      var output = output();
      if (output.contains("TCP listening socket") && output.contains("in use")) {
        throw new PortTakenException("Redis", port);
      }
      throw new IOException("Redis did not start on port " + port + ": " + output, failed);
    }
  }

  private void readOutput() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        remember(line);
        if (line.contains("Ready to accept connections")) {
          ready.complete(null);
        }
      }
      ready.completeExceptionally(new IOException("the process ended"));
    } catch (IOException closed) {
      ready.completeExceptionally(closed);
    }
  }

  private synchronized void remember(String line) {
    if (lastLines.size() == LAST_LINES) {
      lastLines.removeFirst();
    }
    lastLines.addLast(line);
  }

  private synchronized String output() {
    return String.join("; ", lastLines);
  }

  /** Returns the path of the executable, unpacked once a JVM and deleted with it. */
  private static synchronized String executable() throws IOException {
    if (unpacked == null) {
      unpacked = RedisExecProvider.defaultProvider().get().getAbsolutePath();
    }
    return unpacked;
  }
}
