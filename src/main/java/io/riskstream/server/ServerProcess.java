package io.riskstream.server;

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

/**
 * One run of a server's program on a port; ends with this JVM however that ends, and is gone when
 * {@link #stop} returns.
 */
final class ServerProcess {
  /**
   * What a server's output says of its start.
   *
   * @param ready a text that stands in the line that says that connections are accepted
   * @param portTaken a text that only a port in use brings about
   */
  record Signs(String ready, String portTaken) {}

  /**
   * Makes the server a session of its own, which the terminal's Ctrl-C does not reach (Redis always
   * installs its own SIGINT handler, so ignoring the signal is no way; where there is no setsid,
   * Ctrl-C ends the server too). A watcher holds the read end of a pipe from this JVM and ends the
   * server when the pipe closes, which the kernel does for a JVM that ends in whatever way.
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

  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(10);
  private static final int LAST_LINES = 20;

  private final String server;
  private final Signs signs;
  private final Process process;
  private final CompletableFuture<Void> ready = new CompletableFuture<>();
  private final Deque<String> lastLines = new ArrayDeque<>();

  private ServerProcess(String server, Signs signs, Process process) {
    this.server = server;
    this.signs = signs;
    this.process = process;
  }

  /**
   * Starts the program and waits until it accepts connections.
   *
   * @param server its name, for messages
   * @throws PortTakenException if another process listens on the port
   */
  static ServerProcess launch(
      String server, int port, List<String> program, Signs signs, Duration startTimeout)
      throws IOException {
    var command = new ArrayList<>(List.of("/bin/sh", "-c", LAUNCH_SCRIPT, "sh"));
    command.addAll(program);
    var started =
        new ServerProcess(
            server, signs, new ProcessBuilder(command).redirectErrorStream(true).start());
    var reader = new Thread(started::readOutput, "embedded-" + server + "-" + port);
    reader.setDaemon(true);
    reader.start();
    started.awaitReady(port, startTimeout);
    return started;
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Ends the server in good order, or hard if that takes too long. */
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
      throw new InterruptedIOException("interrupted while signalling " + server);
    }
  }

  private void awaitReady(int port, Duration startTimeout) throws IOException {
    try {
      ready.get(startTimeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      kill();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while " + server + " started on port " + port);
    } catch (TimeoutException | ExecutionException failed) {
      kill();
      var output = output();
      if (output.contains(signs.portTaken())) {
        throw new PortTakenException(server, port);
      }
      throw new IOException(server + " did not start on port " + port + ": " + output, failed);
    }
  }

  private void readOutput() {
    try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        remember(line);
        if (line.contains(signs.ready())) {
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
}
