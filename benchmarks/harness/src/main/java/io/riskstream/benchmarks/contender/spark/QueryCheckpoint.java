package io.riskstream.benchmarks.contender.spark;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.benchmarks.measure.DiskUse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The checkpoint folder of a query of Structured Streaming, from outside: which offsets are behind
 * it for good. A batch's offsets are written down before it, a mark of its end after its results.
 */
final class QueryCheckpoint {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** A version, then what concerns the whole query, then a line for each source. */
  private static final int LINE_OF_SOURCE = 2;

  private final Path folder;

  QueryCheckpoint(Path folder) {
    this.folder = folder;
  }

  /**
   * Returns, for each partition, where the newest batch that has ended stops reading; nothing
   * before the first one.
   */
  Map<Integer, Long> committed(String topic) throws IOException {
    var batch = newestCommit();
    var committed = new HashMap<Integer, Long>();
    if (batch.isEmpty()) {
      return committed;
    }
    var file = folder.resolve("offsets").resolve(Long.toString(batch.getAsLong()));
    var lines = Files.readAllLines(file);
    var offsets =
        lines.size() > LINE_OF_SOURCE
            ? JSON.readTree(lines.get(LINE_OF_SOURCE)).path(topic)
            : JSON.missingNode();
    if (!offsets.isObject()) {
      throw new IOException(
          "%s holds no offsets of %s, but %s; does this version of Spark write another form?"
              .formatted(file, topic, lines));
    }
    for (var offset : offsets.properties()) {
      committed.put(Integer.parseInt(offset.getKey()), offset.getValue().longValue());
    }
    return committed;
  }

  /** Beside the marks are checksums and what is being written, under names with dots. */
  private OptionalLong newestCommit() throws IOException {
    var commits = folder.resolve("commits");
    if (!Files.isDirectory(commits)) {
      return OptionalLong.empty();
    }
    try (var files = Files.list(commits)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.chars().allMatch(Character::isDigit))
          .mapToLong(Long::parseLong)
          .max();
    }
  }

  /** Returns the size of its state: newest version, and the changes that led to it. */
  long stateBytes() throws IOException {
    var state = folder.resolve("state");
    return Files.isDirectory(state) ? DiskUse.bytes(state) : 0;
  }
}
