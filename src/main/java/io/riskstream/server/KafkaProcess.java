package io.riskstream.server;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A real Kafka of one node, broker and controller, on the loopback interface, as a process of its
 * own; ends with this JVM however that ends. What it acknowledged is there again when it is started
 * again, also after a {@link #kill}.
 *
 * <p>It has two listeners: a direct one, and one whose clients are told the port of something that
 * stands before it, such as a proxy, for every further connection.
 */
public final class KafkaProcess implements AutoCloseable {
  private static final String BEHIND = "BEHIND";
  private static final Duration START_TIMEOUT = Duration.ofSeconds(60);
  private static final ServerProcess.Signs SIGNS =
      new ServerProcess.Signs("Kafka Server started", "Address already in use");

  private final Path folder;
  private final Path logs;
  private final int port;
  private final int controllerPort;
  private final int portBehind;
  private int portBefore;
  private ServerProcess process;

  /**
   * Sets up a node that does not run yet.
   *
   * @param folder keeps what the node knows, its settings and its log
   * @param logs keeps the topics; may lie on another file system
   */
  public KafkaProcess(Path folder, Path logs) throws IOException {
    this.folder = Files.createDirectories(folder).toAbsolutePath();
    this.logs = Files.createDirectories(logs).toAbsolutePath();
    this.port = Ports.choose("Kafka", 0);
    this.controllerPort = Ports.choose("Kafka", 0);
    this.portBehind = Ports.choose("Kafka", 0);
    this.portBefore = portBehind;
    KafkaNode.format(this.folder.resolve("metadata"), this.logs);
  }

  /** Returns {@code host:port} of the direct listener. */
  public String bootstrapServers() {
    return Ports.HOST + ":" + port;
  }

  /** Returns the port of the listener that something is to stand before. */
  public int portBehind() {
    return portBehind;
  }

  /** Names what stands before {@link #portBehind}, from the next start on. */
  public void setPortBefore(int portBefore) {
    this.portBefore = portBefore;
  }

  /** Returns the file that it logs to. */
  public Path log() {
    return folder.resolve("kafka.log");
  }

  /**
   * Starts the node on its folder and ports; returns once it serves.
   *
   * @throws PortTakenException if another process listens on a port by now
   */
  public void start() throws IOException {
    if (isAlive()) {
      throw new IllegalStateException("Kafka on port " + port + " still runs");
    }
    var settings = folder.resolve("server.properties");
    Files.writeString(settings, text(settings()));
    var logging = folder.resolve("log4j2.properties");
    Files.writeString(logging, LOGGING.formatted(log()));
    var program = new ArrayList<String>();
    program.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    program.addAll(
        List.of("-Xmx400m", "-Xss512k", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
    program.add("-XX:ErrorFile=" + folder.resolve("crash.log"));
    program.add("-Dlog4j2.configurationFile=" + logging);
    program.addAll(List.of("-cp", System.getProperty("java.class.path")));
    program.addAll(List.of("kafka.Kafka", settings.toString()));
    process = ServerProcess.launch("Kafka", port, program, SIGNS, START_TIMEOUT);
  }

  /** Creates a topic whose records carry the broker's time, and are kept; it can be written. */
  public void createTopic(String name, int partitions) throws IOException {
    KafkaNode.createTopic(bootstrapServers(), name, partitions, Map.of());
  }

  public boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** Returns the process id of the node. */
  public long pid() {
    return process.pid();
  }

  /** Ends the node at once, as a power cut does; returns once it is gone. */
  public void kill() {
    process.kill();
  }

  /** Stops the node's processor time: connections stay, nothing answers. */
  public void pause() throws IOException {
    process.signal("STOP");
  }

  /** Lets a paused node go on. */
  public void resume() throws IOException {
    process.signal("CONT");
  }

  /** Ends the node; returns once it is gone. */
  @Override
  public void close() {
    if (process != null) {
      process.stop();
    }
  }

  private Map<String, String> settings() {
    var settings = KafkaNode.settings(logs, port, controllerPort);
    // After a kill the node has to wait until its former self has been given up.
    settings.put("broker.session.timeout.ms", "4000");
    settings.put("broker.heartbeat.interval.ms", "500");
    settings.put("metadata.log.dir", folder.resolve("metadata").toString());
    settings.merge("listeners", KafkaNode.listener(BEHIND, portBehind), KafkaProcess::join);
    settings.merge("listener.security.protocol.map", BEHIND + ":PLAINTEXT", KafkaProcess::join);
    settings.put(
        "advertised.listeners",
        join(KafkaNode.listener(KafkaNode.DIRECT, port), KafkaNode.listener(BEHIND, portBefore)));
    return settings;
  }

  private static String join(String some, String more) {
    return some + "," + more;
  }

  private static String text(Map<String, String> settings) throws IOException {
    var properties = new Properties();
    properties.putAll(settings);
    var text = new StringWriter();
    properties.store(text, null);
    return text.toString();
  }

  private static final String LOGGING =
      """
      status = error
      appender.out.type = Console
      appender.out.name = out
      appender.out.layout.type = PatternLayout
      appender.out.layout.pattern = %%m%%n
      appender.file.type = File
      appender.file.name = file
      appender.file.fileName = %s
      appender.file.layout.type = PatternLayout
      appender.file.layout.pattern = %%d %%p %%c %%m%%n
      logger.start.name = kafka.server.KafkaRaftServer
      logger.start.level = info
      rootLogger.level = warn
      rootLogger.appenderRef.out.ref = out
      rootLogger.appenderRef.file.ref = file
      """;
}
