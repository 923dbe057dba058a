package io.riskstream.cluster;

import io.riskstream.server.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ConfigurationUtils;
import org.apache.flink.configuration.GlobalConfiguration;

/**
 * The configuration of a local cluster: the shipped flink-conf/config.yaml, over it what a cluster
 * in one folder of one computer needs, over that the user's overrides.
 */
final class ClusterConfiguration {
  private static final String FILE = "config.yaml";
  private static final String QUORUM = "high-availability.zookeeper.quorum";

  private ClusterConfiguration() {}

  /** Chooses ports, and writes the whole to the folder. */
  static Configuration create(ClusterSettings settings, ClusterFolder folder) throws IOException {
    var keys = local(settings, folder);
    keys.putAll(settings.overrides());
    var shipped = shippedFolder(settings);
    var configuration =
        GlobalConfiguration.loadConfiguration(shipped.toString(), Configuration.fromMap(keys));
    var lines = new ArrayList<String>();
    lines.add("# Written at each start, from " + shipped.resolve(FILE) + " and the overrides.");
    lines.addAll(ConfigurationUtils.convertConfigToWritableLines(configuration, true));
    writeForOwnerOnly(folder.configuration().resolve(FILE), lines);
    var logging = "log4j2.properties";
    Files.writeString(
        folder.configuration().resolve(logging), Files.readString(shipped.resolve(logging)));
    return configuration;
  }

  /** Reads what {@link #create} wrote. */
  static Configuration read(ClusterFolder folder) {
    return GlobalConfiguration.loadConfiguration(folder.configuration().toString());
  }

  /** Returns the port of the ZooKeeper that the cluster's processes look for. */
  static int zooKeeperPort(Configuration configuration) {
    var quorum = configuration.toMap().get(QUORUM);
    return Integer.parseInt(quorum.substring(quorum.lastIndexOf(':') + 1));
  }

  private static Map<String, String> local(ClusterSettings settings, ClusterFolder folder)
      throws IOException {
    var keys = new LinkedHashMap<String, String>();
    for (var address :
        List.of(
            "jobmanager.rpc.address",
            "jobmanager.bind-host",
            "taskmanager.host",
            "taskmanager.bind-host",
            "rest.address",
            "rest.bind-address")) {
      keys.put(address, Ports.HOST);
    }
    var restPort = Integer.toString(Ports.choose("Flink's web UI", settings.restPort()));
    keys.put("rest.port", restPort);
    keys.put("rest.bind-port", restPort);
    keys.put("jobmanager.rpc.port", Integer.toString(Ports.choose("the JobManager", 0)));
    keys.put("taskmanager.numberOfTaskSlots", Integer.toString(settings.slots()));

    // For a laptop on which brokers run too; the shipped sizes are those of a server.
    keys.put("jobmanager.memory.process.size", "768m");
    keys.put("taskmanager.memory.process.size", "1728m");
    keys.put("taskmanager.memory.managed.fraction", "0.3");

    keys.put("io.tmp.dirs", folder.temporary().toString());
    keys.put("web.tmpdir", folder.temporary().toString());
    keys.put("execution.checkpointing.dir", folder.uri("checkpoints"));
    keys.put("execution.checkpointing.savepoint-dir", folder.uri("savepoints"));
    keys.put("high-availability.type", "zookeeper");
    keys.put("high-availability.storageDir", folder.uri("ha"));
    keys.put("high-availability.cluster-id", "/riskstream");
    keys.put(QUORUM, Ports.HOST + ":" + Ports.choose("ZooKeeper", 0));
    // A JobManager that was killed keeps its successor waiting for as long as this.
    keys.put("high-availability.zookeeper.client.session-timeout", "6 s");
    // Flink's 10 s are too few for a computer that has much else to do.
    keys.put("pekko.startup-timeout", "60 s");
    return keys;
  }

  /** Overrides may hold a secret. */
  private static void writeForOwnerOnly(Path file, List<String> lines) throws IOException {
    Files.deleteIfExists(file);
    Files.createFile(
        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.write(file, lines);
  }

  private static Path shippedFolder(ClusterSettings settings) throws IOException {
    var folder = settings.home().resolve("flink-conf");
    if (!Files.isReadable(folder.resolve(FILE))) {
      throw new IOException(folder.resolve(FILE) + ", which a cluster starts from, is not there");
    }
    return folder;
  }
}
