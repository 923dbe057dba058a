package io.riskstream.cluster;

import io.riskstream.cluster.process.ProcessMark;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What lies where in the folder of a local cluster; one file a process says which it is. */
record ClusterFolder(Path root) {
  private static final String PID_FILE = ".pid";

  void create() throws IOException {
    for (var folder : List.of(configuration(), logs(), pids(), temporary(), zooKeeper())) {
      Files.createDirectories(folder);
    }
  }

  Path configuration() {
    return root.resolve("conf");
  }

  Path logs() {
    return root.resolve("log");
  }

  Path temporary() {
    return root.resolve("tmp");
  }

  Path zooKeeper() {
    return root.resolve("zookeeper");
  }

  /** Returns the URI of one of the folders that Flink makes. */
  String uri(String name) {
    return root.resolve(name).toUri().toString();
  }

  Path log(String member) {
    return logs().resolve(member + ".log");
  }

  /**
   * Keeps others from starting a cluster here until it is closed.
   *
   * @throws IOException if another start is under way
   */
  FileChannel lock() throws IOException {
    try {
      Files.createDirectories(root);
    } catch (FileAlreadyExistsException noFolder) {
      throw new IOException(noFolder.getFile() + " is no folder; choose another one", noFolder);
    }
    var channel =
        FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException byThisJvm) {
      // Said below, as for another JVM.
    }
    channel.close();
    throw new IOException("another start of a cluster in " + root + " is under way");
  }

  void write(String member, ProcessMark mark) throws IOException {
    // In one step, so that nobody reads half of it.
    var file = pids().resolve(member + ".new");
    Files.writeString(file, mark.pid() + " " + mark.started() + "\n");
    Files.move(file, pidFile(member), StandardCopyOption.ATOMIC_MOVE);
  }

  void remove(String member) throws IOException {
    Files.deleteIfExists(pidFile(member));
  }

  /** Returns every process that was started and not ended by us, dead or alive. */
  List<ClusterMember> members() throws IOException {
    var members = new ArrayList<ClusterMember>();
    if (Files.isDirectory(pids())) {
      try (var files = Files.newDirectoryStream(pids(), "*" + PID_FILE)) {
        for (var file : files) {
          members.add(read(file));
        }
      }
    }
    members.sort(Comparator.comparing(ClusterMember::name));
    return members;
  }

  private ClusterMember read(Path file) throws IOException {
    var fileName = file.getFileName().toString();
    var name = fileName.substring(0, fileName.length() - PID_FILE.length());
    var parts = Files.readString(file).strip().split(" ", 2);
    try {
      return new ClusterMember(
          name, new ProcessMark(Long.parseLong(parts[0]), parts[1]), log(name));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException damaged) {
      throw new IOException(
          file + " is damaged; end the process that it stands for by hand and remove it", damaged);
    }
  }

  /** Returns why a member ended, by its log, for a message. */
  String reasonOfEnd(String member) throws IOException {
    try (var lines = Files.lines(log(member))) {
      return LogExcerpt.reasonOfEnd(lines);
    } catch (NoSuchFileException nothingPrinted) {
      return "(it printed nothing)";
    }
  }

  private Path pidFile(String member) {
    return pids().resolve(member + PID_FILE);
  }

  private Path pids() {
    return root.resolve("pid");
  }
}
