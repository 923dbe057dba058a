package io.riskstream.lifecycle.record;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.riskstream.lifecycle.cluster.LifecycleException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The record of deployments: a folder with a file of each, and copies of their jars and
 * configurations by content. Each file is there whole or not at all. A folder that is absent is an
 * empty record.
 */
public final class Deployments {
  private static final Pattern FILE = Pattern.compile("(\\d{4,9})\\.json");
  private static final String OPERATION = "under-way.json";
  private static final String LOCK = ".lock";

  /** Newest deployments that are kept, with what they refer to. */
  private static final int KEPT = 10;

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final Path folder;
  private final Contents contents;

  public Deployments(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
    this.contents = new Contents(this.folder);
  }

  public Path folder() {
    return folder;
  }

  /**
   * Keeps others from changing jobs by this record until it is closed.
   *
   * @throws LifecycleException if somebody does so now
   */
  public RecordLock lock() throws LifecycleException {
    try {
      Files.createDirectories(folder);
      var channel =
          FileChannel.open(
              folder.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      try {
        if (channel.tryLock() != null) {
          return new RecordLock(channel);
        }
      } catch (OverlappingFileLockException byThisProcess) {
        // Said below, as for another process.
      }
      channel.close();
    } catch (IOException unwritable) {
      throw unwritable(unwritable);
    }
    throw new LifecycleException(
        "another command changes a job by the record " + folder + " now; wait until it has ended");
  }

  /** Returns all, oldest first. */
  public List<Deployment> all() throws LifecycleException {
    var all = new ArrayList<Deployment>();
    for (var number : numbers()) {
      all.add(read(file(number), Deployment.class));
    }
    return all;
  }

  /** Returns the deployment of a job. */
  public Optional<Deployment> of(String jobId) throws LifecycleException {
    return all().stream().filter(one -> one.jobId().equals(jobId)).reduce((a, b) -> b);
  }

  /** Returns the deployment that a rollback of this one goes to. */
  public Optional<Deployment> former(Deployment current) throws LifecycleException {
    var all = all();
    var number = current.former();
    while (number > 0) {
      var wanted = number;
      var found = all.stream().filter(one -> one.number() == wanted).findFirst();
      if (found.isEmpty() || !found.get().isSameProgram(current)) {
        return found;
      }
      number = found.get().former();
    }
    return Optional.empty();
  }

  /** Copies a jar into the record, and returns the copy. */
  public Path keepJar(Path jar) throws LifecycleException {
    try {
      return contents.keep(jar, ".jar");
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  /** Returns the copy of a deployment's jar. */
  public Path jar(Deployment deployment) throws LifecycleException {
    var jar = contents.file(deployment.jar());
    if (!Files.isRegularFile(jar)) {
      throw new LifecycleException(
          "the record %s has lost %s, the jar of deployment %d; put it back, or name the jar by --former-jar"
              .formatted(folder, jar, deployment.number()));
    }
    return jar;
  }

  /** Copies the configuration file that arguments name, and returns them with the copy. */
  public List<String> keepConfiguration(List<String> arguments) throws LifecycleException {
    var kept = new ArrayList<>(arguments);
    for (var at = 0; at < kept.size(); at++) {
      var name = "--config";
      try {
        if (kept.get(at).equals(name) && at + 1 < kept.size()) {
          kept.set(at + 1, contents.keep(Path.of(kept.get(at + 1)), ".yaml").toString());
        } else if (kept.get(at).startsWith(name + "=")) {
          var file = Path.of(kept.get(at).substring(name.length() + 1));
          kept.set(at, name + "=" + contents.keep(file, ".yaml"));
        }
      } catch (IOException failed) {
        throw unwritable(failed);
      }
    }
    return kept;
  }

  /** Adds a deployment, with the number that it has from then on. */
  public Deployment add(Deployment deployment) throws LifecycleException {
    var numbers = numbers();
    var number = numbers.isEmpty() ? 1 : numbers.get(numbers.size() - 1) + 1;
    var added =
        new Deployment(
            number,
            deployment.action(),
            deployment.time(),
            deployment.cluster(),
            deployment.jobId(),
            deployment.jobName(),
            deployment.version(),
            deployment.jar(),
            deployment.arguments(),
            deployment.parallelism(),
            deployment.savepoint(),
            deployment.former());
    write(file(number), added);
    removeOld();
    return added;
  }

  /** Removes a deployment that came to nothing. */
  public void remove(Deployment deployment) throws LifecycleException {
    delete(file(deployment.number()));
  }

  /** Notes how far a change is. */
  public void note(Operation operation) throws LifecycleException {
    write(folder.resolve(OPERATION), operation);
  }

  /** Returns the change that has not come to its end. */
  public Optional<Operation> underWay() throws LifecycleException {
    var file = folder.resolve(OPERATION);
    return Files.exists(file) ? Optional.of(read(file, Operation.class)) : Optional.empty();
  }

  /** Notes that no change is under way. */
  public void clear() throws LifecycleException {
    delete(folder.resolve(OPERATION));
  }

  private void removeOld() throws LifecycleException {
    var numbers = numbers();
    var kept = new HashSet<String>();
    for (var number : numbers.subList(Math.max(0, numbers.size() - KEPT), numbers.size())) {
      var deployment = read(file(number), Deployment.class);
      kept.add(deployment.jar());
      kept.addAll(deployment.arguments());
    }
    for (var number : numbers.subList(0, Math.max(0, numbers.size() - KEPT))) {
      delete(file(number));
    }
    try {
      contents.removeAllBut(kept);
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  private List<Integer> numbers() throws LifecycleException {
    var numbers = new ArrayList<Integer>();
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder)) {
        for (var file : files) {
          var name = FILE.matcher(file.getFileName().toString());
          if (name.matches()) {
            numbers.add(Integer.valueOf(name.group(1)));
          }
        }
      } catch (IOException failed) {
        throw unwritable(failed);
      }
    }
    numbers.sort(null);
    return numbers;
  }

  private Path file(int number) {
    return folder.resolve("%04d.json".formatted(number));
  }

  private <T> T read(Path file, Class<T> type) throws LifecycleException {
    try {
      return JSON.readValue(file.toFile(), type);
    } catch (IOException damaged) {
      throw new LifecycleException(
          file + " of the record of deployments cannot be read; repair or remove it", damaged);
    }
  }

  private void write(Path file, Object value) throws LifecycleException {
    try {
      Files.createDirectories(folder);
      // Readable by its owner only, as arguments may hold secrets; moved, so that it is whole.
      var whole = Files.createTempFile(folder, "new", ".tmp");
      try (var channel = FileChannel.open(whole, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(JSON.writeValueAsBytes(value)));
        channel.force(true);
      }
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  private void delete(Path file) throws LifecycleException {
    try {
      Files.deleteIfExists(file);
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  private LifecycleException unwritable(IOException failed) {
    return new LifecycleException(
        "the record of deployments %s cannot be used; make it readable and writable, or name another with --deployments"
            .formatted(folder),
        failed);
  }
}
