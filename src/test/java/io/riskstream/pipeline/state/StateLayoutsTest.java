package io.riskstream.pipeline.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.pipeline.PipelineJob;
import io.riskstream.testkit.Configs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The list of layouts is whole, and a number stands for the same bytes for ever: they are kept, a
 * file for each operator and number. With {@code -Dregenerate=true} the files of new numbers are
 * written; one that is there is never changed.
 */
final class StateLayoutsTest {
  private static final Path KEPT = Path.of("src/test/resources/state");

  private static TreeMap<String, Set<String>> states;

  @BeforeAll
  static void walkTheGraph() throws Exception {
    var environment = StreamExecutionEnvironment.getExecutionEnvironment();
    PipelineJob.define(environment, Configs.unreachable());
    states = new TreeMap<>();
    for (var node : environment.getStreamGraph().getStreamNodes()) {
      var uid = base(node.getTransformationUID());
      var lines = StateBytes.of(node);
      if (!lines.isEmpty()) {
        states.computeIfAbsent(uid, id -> new TreeSet<>()).addAll(lines);
      }
    }
  }

  /** A committer's uid ends like that of its sink. */
  private static String base(String uid) {
    return uid.substring(uid.lastIndexOf(' ') + 1);
  }

  static Stream<StateLayout> layouts() {
    return Stream.concat(StateLayouts.OURS.stream(), StateLayouts.FLINKS.stream());
  }

  @Test
  void everyOperatorWithStateHasALayoutAndNoOther() {
    assertThat(layouts().map(StateLayout::uid).toList())
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(states.keySet());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("layouts")
  void aNumberStandsForTheSameBytesForEver(StateLayout layout) throws Exception {
    var file = KEPT.resolve(layout.uid() + "-" + layout.layout() + ".txt");
    var now = states.get(layout.uid());
    if (Boolean.getBoolean("regenerate") && !Files.exists(file)) {
      Files.createDirectories(KEPT);
      Files.writeString(file, String.join("\n", now) + "\n");
    }
    assertThat(file)
        .as("a new layout: run this test with -Dregenerate=true, and look at what it writes")
        .exists();
    assertThat(now)
        .as(
            "the state of %s is not laid out as layout %d was: raise its number in StateLayouts"
                + " (CONTRIBUTING.md, state)",
            layout.uid(), layout.layout())
        .containsExactlyElementsOf(Files.readAllLines(file));
  }

  /** A user's head says itself which layout it has, as it is read long after it was written. */
  @Test
  void aUsersHeadBeginsWithTheNumberOfItsLayout() throws Exception {
    var layout =
        layouts().filter(of -> of.uid().equals(OperatorIds.USER_RISK)).findFirst().orElseThrow();
    assertThat(StateSamples.packed("user-head"))
        .allSatisfy(head -> assertThat(head[0]).isEqualTo((byte) layout.layout()));
  }

  @Test
  void noOtherBytesAreKept() throws Exception {
    try (var files = Files.list(KEPT)) {
      var unknown = new ArrayList<>(files.map(Path::getFileName).map(Path::toString).toList());
      layouts()
          .forEach(
              layout ->
                  unknown.removeIf(
                      name ->
                          name.matches(layout.uid() + "-\\d+\\.txt")
                              && numberOf(name) <= layout.layout()));
      assertThat(unknown).isEmpty();
    }
  }

  private static int numberOf(String file) {
    return Integer.parseInt(file.replaceAll(".*-(\\d+)\\.txt", "$1"));
  }
}
