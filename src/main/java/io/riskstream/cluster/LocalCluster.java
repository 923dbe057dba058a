package io.riskstream.cluster;

import io.riskstream.cluster.process.Launch;
import io.riskstream.cluster.process.ProcessMark;
import io.riskstream.server.PortTakenException;
import io.riskstream.server.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.TaskManagerOptions;

/**
 * A real Flink session cluster on the loopback interface, each of JobManager, TaskManagers and
 * ZooKeeper a process of its own. With the metadata in ZooKeeper a JobManager that died, or the
 * whole cluster, goes on with its jobs from their last checkpoints, under the same ids, when it is
 * started again. All have ended when {@link #stop} returns.
 */
public final class LocalCluster implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);

  private final ClusterFolder folder;
  private final Configuration configuration;
  private final boolean attached;
  private final ClusterRest rest;

  private LocalCluster(ClusterFolder folder, Configuration configuration, boolean attached) {
    this.folder = folder;
    this.configuration = configuration;
    this.attached = attached;
    rest = new ClusterRest(restAddress());
  }

  /**
   * Starts a cluster; returns when all of its slots are there.
   *
   * @throws PortTakenException if another process listens on the port
   * @throws IOException if a cluster runs in the folder already, or this one did not start; then
   *     nothing of it is left running
   */
  public static LocalCluster start(ClusterSettings settings) throws IOException {
    var folder = new ClusterFolder(settings.folder());
    try (var lock = folder.lock()) {
      refuseIfRunning(folder);
      folder.create();
      for (var former : folder.members()) {
        folder.remove(former.name());
        rotate(former.log());
      }
      var configuration = ClusterConfiguration.create(settings, folder);
      var cluster = new LocalCluster(folder, configuration, settings.attached());
      cluster.startAll(settings);
      return cluster;
    }
  }

  /**
   * Returns the cluster of which at least one process runs. What is started through it outlives
   * this JVM.
   */
  public static Optional<LocalCluster> find(Path root) throws IOException {
    var folder = new ClusterFolder(root.toAbsolutePath().normalize());
    return folder.members().stream().anyMatch(ClusterMember::isAlive)
        ? Optional.of(new LocalCluster(folder, ClusterConfiguration.read(folder), false))
        : Optional.empty();
  }

  /** Returns whether a cluster that nobody stopped ended there, as at the end of its computer. */
  public static boolean diedIn(Path root) throws IOException {
    var folder = new ClusterFolder(root.toAbsolutePath().normalize());
    var members = folder.members();
    return !members.isEmpty() && members.stream().noneMatch(ClusterMember::isAlive);
  }

  /** Returns host:port of web UI and REST interface. */
  public String restAddress() {
    return Ports.HOST + ":" + configuration.toMap().get("rest.port");
  }

  public Path folder() {
    return folder.root();
  }

  /** Asks processes and JobManager how they are, within seconds. */
  public ClusterStatus status() {
    return ClusterStatus.of(members(), rest, slots());
  }

  /** Returns the folder for FLINK_CONF_DIR. */
  public Path configurationFolder() {
    return folder.configuration();
  }

  /** Returns the JobManager that was started last, dead or alive. */
  public ClusterMember jobManager() {
    return member(MemberCommand.JOB_MANAGER);
  }

  /** Returns the ZooKeeper that was started last, dead or alive. */
  public ClusterMember zooKeeper() {
    return member(MemberCommand.ZOOKEEPER);
  }

  /** Returns those of each name that were started last, dead or alive. */
  public List<ClusterMember> taskManagers() {
    return members().stream()
        .filter(member -> member.name().startsWith(MemberCommand.TASK_MANAGER))
        .toList();
  }

  /** Starts a TaskManager in the place of one that died, or one more; does not wait for it. */
  public ClusterMember startTaskManager() throws IOException {
    var alive =
        taskManagers().stream().filter(ClusterMember::isAlive).map(ClusterMember::name).toList();
    var name =
        Stream.iterate(1, number -> number + 1)
            .map(number -> MemberCommand.TASK_MANAGER + number)
            .filter(free -> !alive.contains(free))
            .findFirst()
            .orElseThrow();
    return start(name, command().of(name));
  }

  /** Starts a JobManager after the death of the former, on its port; does not wait for it. */
  public ClusterMember startJobManager() throws IOException {
    requireDead(jobManager());
    return start(MemberCommand.JOB_MANAGER, command().of(MemberCommand.JOB_MANAGER));
  }

  /** Starts ZooKeeper after the death of the former, on its port; does not wait for it. */
  public ClusterMember startZooKeeper() throws IOException {
    requireDead(zooKeeper());
    return start(MemberCommand.ZOOKEEPER, command().of(MemberCommand.ZOOKEEPER));
  }

  /**
   * Starts every process again that died; returns when all of the slots are there.
   *
   * @return those that were started
   * @throws IOException if one of them ends while it starts; the others are left as they are
   */
  public List<ClusterMember> startMissing() throws IOException {
    var started = new ArrayList<ClusterMember>();
    for (var member : members()) {
      if (!member.isAlive()) {
        started.add(start(member.name(), command().of(member.name())));
      }
    }
    awaitSlots();
    return started;
  }

  /**
   * Ends every process, JobManager first: a job then keeps its last checkpoint, and cannot come to
   * fail for the loss of its TaskManagers.
   */
  public void stop() throws IOException {
    for (var member : inOrderOfEnd()) {
      member.stop();
      folder.remove(member.name());
    }
  }

  /** Does so at once. */
  public void kill() throws IOException {
    for (var member : inOrderOfEnd()) {
      member.kill();
      folder.remove(member.name());
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  private void startAll(ClusterSettings settings) throws IOException {
    var started = false;
    // Ctrl-C ends this JVM, and does not reach what it started.
    var atCtrlC = new Thread(this::killAtShutdown, "cluster-start-interrupted");
    Runtime.getRuntime().addShutdownHook(atCtrlC);
    try {
      start(MemberCommand.ZOOKEEPER, command().of(MemberCommand.ZOOKEEPER));
      start(MemberCommand.JOB_MANAGER, command().of(MemberCommand.JOB_MANAGER));
      for (int number = 1; number <= settings.taskManagers(); number++) {
        startTaskManager();
      }
      awaitSlots();
      started = true;
    } finally {
      if (!started) {
        kill();
      }
      removeHook(atCtrlC);
    }
  }

  private void killAtShutdown() {
    try {
      kill();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException shuttingDown) {
      // Then the hook does its work.
    }
  }

  private void awaitSlots() throws IOException {
    var slots = slots();
    var there =
        ProcessMark.await(
            START_LIMIT,
            () ->
                members().stream().anyMatch(member -> !member.isAlive())
                    || rest.get("/overview")
                        .filter(overview -> overview.path("slots-total").asInt() >= slots)
                        .isPresent());
    for (var member : members()) {
      if (!member.isAlive()) {
        throw new IOException(
            member.name() + " ended while it started:\n" + folder.reasonOfEnd(member.name()));
      }
    }
    if (!there) {
      throw new IOException(
          "the cluster has not got its "
              + slots
              + " slots within "
              + START_LIMIT.toSeconds()
              + " s; see the logs in "
              + folder.logs());
    }
  }

  private ClusterMember start(String name, List<String> command) throws IOException {
    var log = folder.log(name);
    var environment = FlinkPlugins.environment(configuration);
    var mark =
        attached
            ? Launch.attached(log, environment, command)
            : Launch.detached(log, environment, command);
    folder.write(name, mark);
    return new ClusterMember(name, mark, log);
  }

  private int slots() {
    return taskManagers().size() * configuration.get(TaskManagerOptions.NUM_TASK_SLOTS);
  }

  private MemberCommand command() throws IOException {
    return new MemberCommand(folder, configuration, FlinkJars.find());
  }

  private List<ClusterMember> inOrderOfEnd() {
    var order =
        List.of(MemberCommand.JOB_MANAGER, MemberCommand.TASK_MANAGER, MemberCommand.ZOOKEEPER);
    return order.stream()
        .flatMap(role -> members().stream().filter(member -> member.name().startsWith(role)))
        .toList();
  }

  private ClusterMember member(String name) {
    return members().stream()
        .filter(member -> member.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no " + name + " was started in " + folder));
  }

  private List<ClusterMember> members() {
    try {
      return folder.members();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void requireDead(ClusterMember former) {
    if (former.isAlive()) {
      throw new IllegalStateException(former + " still runs");
    }
  }

  private static void refuseIfRunning(ClusterFolder folder) throws IOException {
    var running = find(folder.root());
    if (running.isPresent()) {
      throw new IOException(
          "a cluster runs in " + folder.root() + " already: http://" + running.get().restAddress());
    }
  }

  /** Keeps one former log. */
  private static void rotate(Path log) throws IOException {
    if (Files.exists(log)) {
      Files.move(
          log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
