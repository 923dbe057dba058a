package io.riskstream.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A real schema registry (Apicurio) on the loopback interface, as a process of its own; speaks
 * Confluent's interface. Ends with this JVM however that ends. With a folder, what was registered
 * is there again, under the same ids, when it is started again.
 */
public final class EmbeddedRegistry implements AutoCloseable {
  /** Names the folder of the unpacked registry, where that is none of the usual ones. */
  static final String HOME = "riskstream.registry.home";

  private static final String INSTALLATION = "riskstream.home";
  private static final int FREE_PORT_ATTEMPTS = 5;
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final ServerProcess.Signs SIGNS =
      new ServerProcess.Signs("Listening on: http://" + Ports.HOST, "in use by another process");

  private final int port;
  private final Path dataFolder;
  private final Path program;
  private ServerProcess process;

  private EmbeddedRegistry(int port, Path dataFolder, Path program) {
    this.port = port;
    this.dataFolder = dataFolder;
    this.program = program;
  }

  /**
   * Starts a registry; returns once it answers.
   *
   * @param portOrZero 0 for a free port
   * @param dataFolder made if absent; null to keep nothing
   * @throws PortTakenException if another process listens on the port
   * @throws IOException if the registry's program is not there
   */
  public static EmbeddedRegistry start(int portOrZero, Path dataFolder) throws IOException {
    if (dataFolder != null) {
      Files.createDirectories(dataFolder);
    }
    var program = program();
    for (int attempt = 1; ; attempt++) {
      var port = Ports.choose("the schema registry", portOrZero);
      var registry = new EmbeddedRegistry(port, dataFolder, program);
      try {
        registry.startAgain();
        return registry;
      } catch (PortTakenException lostRace) {
        if (portOrZero != 0 || attempt == FREE_PORT_ATTEMPTS) {
          throw lostRace;
        }
      }
    }
  }

  /** Returns the root of its Confluent-compatible interface. */
  public String url() {
    return "http://" + Ports.HOST + ":" + port + "/apis/ccompat/v7";
  }

  /** Returns the process id of the server. */
  public long pid() {
    return process.pid();
  }

  /** Ends the server at once, as a crash does. */
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
      throw new IllegalStateException("the registry on port " + port + " still runs");
    }
    process = ServerProcess.launch("the schema registry", port, command(), SIGNS, START_TIMEOUT);
  }

  /** Stops the server's processor time: connections stay, nothing answers. */
  public void pause() throws IOException {
    process.signal("STOP");
  }

  /** Lets a paused server go on. */
  public void resume() throws IOException {
    process.signal("CONT");
  }

  /** Ends the server; returns once it is gone. */
  @Override
  public void close() {
    process.stop();
  }

  private List<String> command() {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var command = new ArrayList<>(List.of(java, "-Xmx192m", "-Xss512k", "-XX:+UseSerialGC"));
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-Dquarkus.http.host=" + Ports.HOST);
    command.add("-Dquarkus.http.port=" + port);
    // Its default of 20 connections doubles the time that it takes to start.
    command.add("-Dquarkus.datasource.jdbc.initial-size=2");
    command.add("-Dquarkus.datasource.jdbc.min-size=1");
    if (dataFolder != null) {
      var file = dataFolder.toAbsolutePath().resolve("schemas");
      // Without a delay, so that what was acknowledged outlives a crash.
      command.add("-Dquarkus.datasource.jdbc.url=jdbc:h2:file:" + file + ";WRITE_DELAY=0");
    }
    command.addAll(List.of("-jar", program.toString()));
    return command;
  }

  private static Path program() throws IOException {
    var folders = folders();
    for (var folder : folders) {
      if (Files.isDirectory(folder)) {
        try (var files = Files.newDirectoryStream(folder, "apicurio-registry-app-*-runner.jar")) {
          for (var file : files) {
            return file.toAbsolutePath();
          }
        }
      }
    }
    throw new IOException(
        "the schema registry's program is in none of "
            + folders
            + "; build it: mvn process-classes, or name its folder with -D"
            + HOME);
  }

  private static List<Path> folders() {
    var folders = new ArrayList<Path>();
    if (System.getProperty(HOME) != null) {
      folders.add(Path.of(System.getProperty(HOME)));
    }
    if (System.getProperty(INSTALLATION) != null) {
      folders.add(Path.of(System.getProperty(INSTALLATION), "registry"));
      folders.add(Path.of(System.getProperty(INSTALLATION), "target", "registry"));
    }
    folders.add(Path.of("target", "registry"));
    return folders;
  }
}
