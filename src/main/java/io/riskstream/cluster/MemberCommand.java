package io.riskstream.cluster;

import io.riskstream.server.Ports;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.runtime.clusterframework.TaskExecutorProcessUtils;
import org.apache.flink.runtime.entrypoint.StandaloneSessionClusterEntrypoint;
import org.apache.flink.runtime.jobmanager.JobManagerProcessUtils;
import org.apache.flink.runtime.taskexecutor.TaskManagerRunner;
import org.apache.flink.runtime.util.config.memory.ProcessMemoryUtils;

/**
 * The command lines of a cluster's processes: Flink's own entry points on Flink's jars, with memory
 * as Flink itself calculates it.
 */
final class MemberCommand {
  static final String JOB_MANAGER = "jobmanager";
  static final String ZOOKEEPER = "zookeeper";

  /** Followed by a number. */
  static final String TASK_MANAGER = "taskmanager-";

  private static final String ZOOKEEPER_MAIN =
      "org.apache.flink.shaded.zookeeper3.org.apache.zookeeper.server.quorum.QuorumPeerMain";

  private final ClusterFolder folder;
  private final Configuration configuration;
  private final List<Path> flinkJars;

  MemberCommand(ClusterFolder folder, Configuration configuration, List<Path> flinkJars) {
    this.folder = folder;
    this.configuration = configuration;
    this.flinkJars = flinkJars;
  }

  /** Returns that of the process of this name. */
  List<String> of(String name) throws IOException {
    return switch (name) {
      case ZOOKEEPER -> zooKeeper();
      case JOB_MANAGER -> jobManager();
      default -> taskManager(name);
    };
  }

  private List<String> jobManager() {
    var memory = JobManagerProcessUtils.processSpecFromConfig(configuration);
    var options = words(JobManagerProcessUtils.generateJvmParametersStr(memory, configuration));
    options.addAll(userOptions("env.java.opts.jobmanager"));
    return flink(
        options,
        StandaloneSessionClusterEntrypoint.class,
        words(JobManagerProcessUtils.generateDynamicConfigsStr(memory)));
  }

  /** Its name is its id in the cluster too, so that its successor finds its local files. */
  private List<String> taskManager(String name) {
    var memory = TaskExecutorProcessUtils.processSpecFromConfig(configuration);
    var options = words(ProcessMemoryUtils.generateJvmParametersStr(memory));
    options.addAll(userOptions("env.java.opts.taskmanager"));
    var settings = words(TaskExecutorProcessUtils.generateDynamicConfigsStr(memory));
    settings.addAll(List.of("-D", "taskmanager.resource-id=" + name));
    return flink(options, TaskManagerRunner.class, settings);
  }

  private List<String> zooKeeper() throws IOException {
    var file = folder.configuration().resolve("zoo.cfg");
    Files.writeString(
        file,
        """
        dataDir=%s
        clientPortAddress=%s
        clientPort=%d
        tickTime=1000
        admin.enableServer=false
        autopurge.purgeInterval=1
        """
            .formatted(
                folder.zooKeeper(), Ports.HOST, ClusterConfiguration.zooKeeperPort(configuration)));
    var options =
        new ArrayList<>(List.of("-Xmx96m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
    // In KiB; its default takes 64 MiB of the disk at once.
    options.add("-Dzookeeper.preAllocSize=1024");
    return java(options, ZOOKEEPER_MAIN, List.of(file.toString()));
  }

  private List<String> flink(List<String> options, Class<?> main, List<String> settings) {
    var arguments = new ArrayList<>(List.of("--configDir", folder.configuration().toString()));
    arguments.addAll(settings);
    var all = new ArrayList<>(options);
    all.addAll(userOptions("env.java.opts.all"));
    return java(all, main.getName(), arguments);
  }

  private List<String> java(List<String> options, String main, List<String> arguments) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.add(
        "-Dlog4j2.configurationFile=" + folder.configuration().resolve("log4j2.properties"));
    command.add("-cp");
    command.add(
        flinkJars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(main);
    command.addAll(arguments);
    return command;
  }

  private List<String> userOptions(String key) {
    var options = configuration.toMap().get(key);
    return options == null ? List.of() : words(options);
  }

  private static List<String> words(String text) {
    return text.isBlank()
        ? new ArrayList<>()
        : new ArrayList<>(List.of(text.strip().split("\\s+", -1)));
  }
}
