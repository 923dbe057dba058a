package io.riskstream.run;

import io.riskstream.files.Folders;
import java.io.DataInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.flink.core.fs.FileSystem;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.checkpoint.Checkpoints;

/**
 * The folder that keeps the state of runs: each run has one of its own, {@code run-000N}, with its
 * checkpoints and, once it was stopped, its savepoint. The next run goes on from the newest that is
 * complete, whichever it is, so that one that was killed takes nothing back and repeats nothing.
 */
final class RunFolders {
  /**
   * Where to go on from.
   *
   * @param run that left it
   * @param path of the checkpoint or savepoint
   * @param stopped whether that run has ended in order, so that all it did is committed
   * @param drained whether it has made everything final, or may have
   * @param offsets how far the events topic was read in it, by partition; nothing of a run that was
   *     killed, of which only the group tells
   */
  record LeftState(
      int run,
      String path,
      boolean stopped,
      boolean drained,
      Optional<Map<Integer, Long>> offsets) {}

  /** A complete checkpoint or savepoint. */
  private record Snapshot(long checkpointId, Path folder) {}

  private static final Pattern RUN = Pattern.compile("run-(\\d{4,9})");
  private static final String METADATA = "_metadata";
  private static final String STOPPED = "_STOPPED";
  private static final String JOB = "job";
  private static final String DRAINING = "_DRAINING";
  private static final String DRAINED = "_DRAINED";

  /** First line of a mark that says how far the state is. */
  private static final String OFFSETS = "offsets";

  /** Runs behind the newest ones that ended, kept for a person to go back to. */
  private static final int KEPT = 2;

  private final Path root;
  private final FileSystem files;

  RunFolders(String statePath) throws IOException {
    this.root = new Path(statePath);
    this.files = root.getFileSystem();
    files.mkdirs(root);
  }

  /** Returns the number of the next run; none is used twice. */
  int next() throws IOException {
    var runs = runs();
    return runs.isEmpty() ? 1 : runs.last() + 1;
  }

  /** Returns the newest complete state of the newest run that has one. */
  Optional<LeftState> newest() throws IOException {
    for (var run : runs().descendingSet()) {
      var stopped = files.exists(new Path(folder(run), STOPPED));
      // Flink may still be removing the checkpoints of a job that has ended.
      var newest = newest(stopped ? complete(savepoint(run)) : snapshots(run));
      if (newest.isPresent()) {
        return Optional.of(
            new LeftState(
                run,
                newest.get().toString(),
                stopped,
                isDrained(run),
                stopped ? offsets(run) : Optional.empty()));
      }
    }
    return Optional.empty();
  }

  /** Whoever was killed between the savepoint of a drain and the mark has drained all the same. */
  private boolean isDrained(int run) throws IOException {
    return files.exists(new Path(folder(run), DRAINED))
        || (files.exists(new Path(folder(run), DRAINING)) && hasSavepoint(run));
  }

  private Optional<Map<Integer, Long>> offsets(int run) throws IOException {
    var lines = read(new Path(folder(run), STOPPED)).lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(OFFSETS)) {
      return Optional.empty();
    }
    var offsets = new TreeMap<Integer, Long>();
    for (var line : lines.subList(1, lines.size())) {
      var words = line.split(" ", 2);
      offsets.put(Integer.valueOf(words[0]), Long.valueOf(words[1]));
    }
    return Optional.of(offsets);
  }

  Path checkpoints(int run) {
    return new Path(folder(run), "checkpoints");
  }

  Path savepoint(int run) {
    return new Path(folder(run), "savepoint");
  }

  /** Returns whether the run has completed a checkpoint or savepoint. */
  boolean hasState(int run) throws IOException {
    return !snapshots(run).isEmpty();
  }

  /** Returns whether the run has left a complete savepoint. */
  boolean hasSavepoint(int run) throws IOException {
    return !complete(savepoint(run)).isEmpty();
  }

  /** Notes the job that the run is about to start. */
  void begin(int run, StartedJob job) throws IOException {
    write(new Path(folder(run), JOB), job.text());
  }

  /** Returns the jobs of runs that have not ended in order, by run. */
  Map<Integer, StartedJob> unstopped() throws IOException {
    var jobs = new TreeMap<Integer, StartedJob>();
    for (var run : runs()) {
      var job = new Path(folder(run), JOB);
      if (files.exists(job) && !files.exists(new Path(folder(run), STOPPED))) {
        var text = read(job);
        if (!text.isBlank()) { // else the run died before it started a job
          jobs.put(run, StartedJob.parse(text));
        }
      }
    }
    return jobs;
  }

  /** Notes that the run is about to make everything final. */
  void beginDrain(int run) throws IOException {
    write(new Path(folder(run), DRAINING), "");
  }

  /**
   * Notes that the run has ended in order, its outputs committed.
   *
   * @param offsets how far the state is, by partition; nothing if that could not be learned
   */
  void end(int run, boolean drained, Optional<Map<Integer, Long>> offsets) throws IOException {
    if (drained) {
      write(new Path(folder(run), DRAINED), "");
    }
    var text = new StringBuilder();
    offsets.ifPresent(
        known -> {
          text.append(OFFSETS).append('\n');
          known.forEach(
              (partition, offset) ->
                  text.append(partition).append(' ').append(offset).append('\n'));
        });
    write(new Path(folder(run), STOPPED), text.toString());
  }

  /** Removes runs that two newer ones have followed to their end; no state refers to another's. */
  void removeOld() throws IOException {
    var ended = 0;
    for (var run : runs().descendingSet()) {
      if (ended >= KEPT) {
        files.delete(folder(run), true);
      } else if (files.exists(new Path(folder(run), STOPPED))) {
        ended++;
      }
    }
  }

  private String read(Path file) throws IOException {
    try (var in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private void write(Path file, String text) throws IOException {
    try (var out = files.create(file, FileSystem.WriteMode.OVERWRITE)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Path folder(int run) {
    return new Path(root, "run-%04d".formatted(run));
  }

  private NavigableSet<Integer> runs() throws IOException {
    var runs = new TreeSet<Integer>();
    for (var child : Folders.list(files, root)) {
      var name = RUN.matcher(child.getPath().getName());
      if (child.isDir() && name.matches()) {
        runs.add(Integer.parseInt(name.group(1)));
      }
    }
    return runs;
  }

  private List<Path> snapshots(int run) throws IOException {
    var found = complete(savepoint(run));
    for (var job : Folders.list(files, checkpoints(run))) {
      found.addAll(complete(job.getPath()));
    }
    return found;
  }

  /** Returns the children that are complete: Flink writes the metadata last, and whole. */
  private List<Path> complete(Path folder) throws IOException {
    var found = new ArrayList<Path>();
    for (var child : Folders.list(files, folder)) {
      if (files.exists(new Path(child.getPath(), METADATA))) {
        found.add(child.getPath());
      }
    }
    return found;
  }

  private Optional<Path> newest(List<Path> snapshots) throws IOException {
    var read = new ArrayList<Snapshot>();
    for (var folder : snapshots) {
      try (var in = new DataInputStream(files.open(new Path(folder, METADATA)))) {
        var metadata =
            Checkpoints.loadCheckpointMetadata(
                in, RunFolders.class.getClassLoader(), folder.toString());
        read.add(new Snapshot(metadata.getCheckpointId(), folder));
      } catch (FileNotFoundException missing) {
        if (files.exists(new Path(folder, METADATA))) {
          throw missing; // too many open files, say; else Flink has removed it for a newer one
        }
      }
    }
    return read.stream()
        .max(Comparator.comparingLong(Snapshot::checkpointId))
        .map(Snapshot::folder);
  }
}
