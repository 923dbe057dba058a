package io.riskstream.pipeline.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.CodeVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The savepoints that are kept of every release and state backend, each of a run of two tasks that
 * was stopped half-way: this version goes on from each, with other numbers of tasks and on either
 * backend, and in the end has written what the reference model says of the whole input, once.
 *
 * <p>With {@code -Dregenerate=true} the savepoints of this version are made anew. Sources and sinks
 * lie in memory, so the state of Kafka's and the lake's is not in them.
 */
@Timeout(300)
final class SavepointFixturesITCase {
  private static final Path FIXTURES = Path.of("src/test/resources/savepoints");
  private static final long LARGEST_BYTES = 300 * 1024;
  private static final long SEED = 2_498;
  private static final int MADE_WITH = 2;
  private static final Map<String, String> BACKENDS =
      Map.of("heap", "hashmap", "rocksdb", "rocksdb");

  private static LawCluster cluster;

  @TempDir static Path shared;

  @TempDir Path scratch;

  record Restore(Path version, String from, String onto, int parallelism) {
    @Override
    public String toString() {
      return "%s of %s onto %s with %d tasks"
          .formatted(from, version.getFileName(), onto, parallelism);
    }
  }

  @BeforeAll
  static void start() throws Exception {
    cluster = new LawCluster();
    if (Boolean.getBoolean("regenerate")) {
      make(FIXTURES.resolve(CodeVersion.read()));
    }
  }

  @AfterAll
  static void stop() throws Exception {
    cluster.close();
  }

  static Stream<Restore> restores() throws IOException {
    var restores = new ArrayList<Restore>();
    for (var version : versions()) {
      for (var from : BACKENDS.keySet()) {
        for (var onto : BACKENDS.keySet()) {
          restores.add(new Restore(version, from, onto, from.equals(onto) ? 3 : 1));
        }
      }
    }
    return restores.stream();
  }

  private static List<Path> versions() throws IOException {
    try (var folders = Files.list(FIXTURES)) {
      return folders.sorted().toList();
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("restores")
  void theRestOfTheInputMakesItWhole(Restore restore) throws Exception {
    var kept = restore.version.resolve(restore.from);
    var input = StoredCase.readInput(restore.version, restore.parallelism);
    var outcome =
        CaseRun.from(
            moved(kept.resolve("savepoint")),
            input,
            restore.parallelism,
            cluster,
            backend(restore.onto));
    var whole = joined(StoredCase.readRows(kept), Law.texts(outcome));
    assertThat(Law.differences(Law.texts(Law.expected(input)), whole)).isEmpty();
  }

  /** A savepoint is read from wherever it lies; nothing of the one that is kept is touched. */
  private Path moved(Path savepoint) throws IOException {
    var target = Files.createDirectories(scratch.resolve("elsewhere"));
    try (var files = Files.list(savepoint)) {
      for (var file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
    return target;
  }

  private static Map<String, List<String>> joined(
      Map<String, List<String>> before, Map<String, List<String>> after) {
    var joined = new TreeMap<String, List<String>>();
    after.forEach((what, rows) -> joined.put(what, new ArrayList<>(rows)));
    before.forEach(
        (what, rows) -> {
          var known = joined.computeIfAbsent(what, absent -> new ArrayList<>());
          rows.stream()
              .filter(row -> !what.equals(Law.USER) || known.stream().noneMatch(sameUser(row)))
              .toList()
              .forEach(known::add);
        });
    return joined;
  }

  /** Of a user's rows the later one holds. */
  private static Predicate<String> sameUser(String row) {
    var user = row.substring(0, row.indexOf(' ') + 1);
    return other -> other.startsWith(user);
  }

  @Test
  void thisVersionHasASavepointOfEachBackendAndEachIsSmall() throws Exception {
    var folder = FIXTURES.resolve(CodeVersion.read());
    for (var backend : BACKENDS.keySet()) {
      var savepoint = folder.resolve(backend).resolve("savepoint");
      assertThat(savepoint.resolve("_metadata"))
          .as("make it by a run of this test with -Dregenerate=true")
          .exists();
      try (var files = Files.list(savepoint)) {
        assertThat(files.mapToLong(file -> file.toFile().length()).sum()).isLessThan(LARGEST_BYTES);
      }
    }
  }

  private static void make(Path folder) throws Exception {
    delete(folder);
    var drawn = RandomCase.of(SEED);
    StoredCase.writeInput(folder, drawn);
    var input = StoredCase.readInput(folder, MADE_WITH);
    for (var backend : BACKENDS.keySet()) {
      var target = folder.resolve(backend);
      var stopped =
          CaseRun.until(
              RandomCase.START + drawn.spanMillis() / 2,
              input,
              cluster,
              backend(backend),
              shared.resolve(backend));
      Files.createDirectories(target);
      Files.move(stopped.savepoint(), target.resolve("savepoint"));
      StoredCase.writeRows(target, Law.texts(stopped.outcome()));
    }
  }

  private static Configuration backend(String name) {
    return Configuration.fromMap(
        Map.of(
            "state.backend.type",
            BACKENDS.get(name),
            "state.backend.rocksdb.memory.managed",
            "false",
            // One file, and not one a task: they are kept for ever.
            "execution.checkpointing.fs.memory-threshold",
            "1 mb"));
  }

  private static void delete(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }
}
