package io.riskstream.server;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.embedded.RedisExecProvider;

/**
 * A real Redis server on the loopback interface, as a process of its own. It survives Ctrl-C at the
 * terminal until it is closed, and ends with this JVM however that ends.
 */
public final class EmbeddedRedis implements AutoCloseable {
  private static final int FREE_PORT_ATTEMPTS = 5;
  private static final Duration START_TIMEOUT = Duration.ofSeconds(20);
  private static final ServerProcess.Signs SIGNS =
      new ServerProcess.Signs(
          "Ready to accept connections", "Could not create server TCP listening socket");

  private static String unpacked;

  private final int port;
  private final Path dataFolder;
  private ServerProcess process;

  private EmbeddedRedis(int port, Path dataFolder) {
    this.port = port;
    this.dataFolder = dataFolder;
  }

  /**
   * Starts a server that keeps nothing on disk; returns once it answers.
   *
   * @throws PortTakenException if another process listens on the port
   */
  public static EmbeddedRedis start(int portOrZero) throws IOException {
    return start(portOrZero, null);
  }

  /**
   * Starts a server that saves its data to the folder when it ends and loads it when it starts.
   *
   * @param portOrZero 0 for a free port
   * @param dataFolder made if absent; null to keep nothing
   * @throws PortTakenException if another process listens on the port
   */
  public static EmbeddedRedis start(int portOrZero, Path dataFolder) throws IOException {
    if (dataFolder != null) {
      Files.createDirectories(dataFolder);
    }
    for (int attempt = 1; ; attempt++) {
      var redis = new EmbeddedRedis(Ports.choose("Redis", portOrZero), dataFolder);
      try {
        redis.startAgain();
        return redis;
      } catch (PortTakenException lostRace) {
        if (portOrZero != 0 || attempt == FREE_PORT_ATTEMPTS) {
          throw lostRace;
        }
      }
    }
  }

  public int port() {
    return port;
  }

  /** Returns {@code redis://127.0.0.1:port}. */
  public URI uri() {
    return URI.create("redis://" + Ports.HOST + ":" + port);
  }

  /** Returns the process id of the server. */
  public long pid() {
    return process.pid();
  }

  /** Ends the server at once, as a crash does: nothing is saved. */
  public void crash() {
    process.kill();
  }

  /**
   * Starts the server on its port after it has ended.
   *
   * @throws PortTakenException if another process listens on the port by now
   */
  public void startAgain() throws IOException {
    if (process != null && process.isAlive()) {
      throw new IllegalStateException("Redis on port " + port + " still runs");
    }
    var program = new ArrayList<>(List.of(executable()));
    program.addAll(arguments());
    process = ServerProcess.launch("Redis", port, program, SIGNS, START_TIMEOUT);
  }

  /** Stops the server's processor time: connections stay, nothing answers. */
  public void pause() throws IOException {
    process.signal("STOP");
  }

  /** Lets a paused server go on. */
  public void resume() throws IOException {
    process.signal("CONT");
  }

  /** Ends the server, saving its data if it has a folder; returns once it is gone. */
  @Override
  public void close() {
    process.stop();
  }

  private List<String> arguments() {
    var arguments =
        new ArrayList<>(
            List.of("--bind", Ports.HOST, "--port", Integer.toString(port), "--appendonly", "no"));
    if (dataFolder == null) {
      arguments.addAll(List.of("--save", ""));
    } else {
      arguments.addAll(List.of("--dir", dataFolder.toAbsolutePath().toString()));
      arguments.addAll(List.of("--save", "60 1"));
    }
    return arguments;
  }

  /** Returns the path of the executable, unpacked once a JVM and deleted with it. */
  private static synchronized String executable() throws IOException {
    if (unpacked == null) {
      unpacked = RedisExecProvider.defaultProvider().get().getAbsolutePath();
    }
    return unpacked;
  }
}
