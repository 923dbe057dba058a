package io.riskstream.chaos.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.riskstream.load.event.LoadFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A scenario is what its file says; what the format does not know is refused where it stands. */
class ScenarioFileTest {
  private static final String WHOLE =
      """
      title: A task manager dies during a burst
      parallelism: 3
      limit: 5min
      load:
        rate: 500
        for: 30s
        users: 70
        format: avro
        phases:
          - {at: 12s, for: 3s, rate: 300, malformed: 0.5, late: 0.25}
          - {at: 4s, for: 2s, rate: 4000, clock-ahead: 1h}
      cluster:
        task-managers: 3
        slots: 2
        settings: {taskmanager.memory.managed.size: 64m}
      job: {hot-store.pending-bound: 1000}
      steps:
        - {at: 5s, do: kill, what: task-manager, for: 2s}
        - {at: 9s, do: rescale, to: 1}
      """;

  @Test
  void saysAllThatItsFileSays() throws IOException {
    var scenario = parsed(WHOLE);

    assertThat(scenario.title()).isEqualTo("A task manager dies during a burst");
    assertThat(scenario.parallelism()).isEqualTo(3);
    assertThat(scenario.limit()).isEqualTo(Duration.ofMinutes(5));
    assertThat(scenario.cluster())
        .isEqualTo(new Scenario.Cluster(3, 2, Map.of("taskmanager.memory.managed.size", "64m")));
    assertThat(scenario.job()).isEqualTo(Map.of("hot-store.pending-bound", "1000"));
    assertThat(scenario.needsRegistry()).isTrue();
    var traffic = scenario.traffic();
    assertThat(traffic.ratePerSecond()).isEqualTo(500);
    assertThat(traffic.length()).isEqualTo(Duration.ofSeconds(30));
    assertThat(traffic.users()).isEqualTo(70);
    assertThat(traffic.format()).isEqualTo(LoadFormat.AVRO);
    assertThat(traffic.phases())
        .extracting(Traffic.Phase::at, Traffic.Phase::clockAhead)
        .as("in order of time")
        .containsExactly(
            tuple(Duration.ofSeconds(4), Duration.ofHours(1)),
            tuple(Duration.ofSeconds(12), Duration.ZERO));
    assertThat(traffic.phases().get(1).shares().malformed()).isEqualTo(0.5);
    assertThat(traffic.phases().get(1).shares().late()).isEqualTo(0.25);
    assertThat(scenario.steps())
        .containsExactly(
            new Step(Duration.ofSeconds(5), "kill", Map.of("what", "task-manager", "for", "2s")),
            new Step(Duration.ofSeconds(9), "rescale", Map.of("to", "1")));
    assertThat(scenario.steps().get(0).length()).contains(Duration.ofSeconds(2));
  }

  @Test
  void refusesWhatItDoesNotKnowWithItsLineAndWhatIsAllowed() {
    assertProblems(
        """
        title: x
        lod: {rate: 5}
        load:
          speed: 7
        steps:
          - {at: 1s, do: kil, what: broker}
          - {at: 2s, do: kill, what: brokr}
          - {at: 3s, do: rescale, to: 2, slowly: true}
        """,
        "test.yaml:2: unknown key lod; allowed: title, load, cluster",
        "test.yaml:4: unknown key load.speed; allowed: rate, for, users, format, phases",
        "test.yaml:6: steps 1.do cannot be kil; allowed: cut, fill, kill,",
        "test.yaml:7: steps 2.do kill: what: brokr is not known",
        "test.yaml:8: steps 3.slowly is not known here; allowed: at, do, to");
  }

  @Test
  void refusesAWrongType() {
    assertProblems(
        """
        title: [1]
        parallelism: 2.5
        limit: 5
        load: {rate: fast, format: xml, phases: 3}
        cluster: 3
        steps:
          - {at: 1s, do: kill, what: broker, for: 3}
          - {at: 2s, do: rounds, count: 0}
          - 7
        """,
        "test.yaml:1: title must be a text",
        "test.yaml:2: parallelism must be a whole number",
        "test.yaml:3: limit must be a time such as 8s",
        "test.yaml:4: load.rate must be a number from 1 to 1000000",
        "test.yaml:4: load.format cannot be xml; it must be json, avro or mixed",
        "test.yaml:4: load.phases must be a list",
        "test.yaml:5: cluster must be a mapping",
        "test.yaml:7: steps 1.for cannot be 3; it must be a time such as 8s",
        "test.yaml:8: steps 2.count cannot be 0; it must be a whole number above 0",
        "test.yaml:9: steps must hold mappings");
  }

  @Test
  void refusesTimesThatDoNotFollowOneAnother() {
    assertProblems(
        """
        title: x
        load:
          for: 10s
          phases:
            - {at: 8s, for: 3s}
            - {at: 1s, for: 3s, late: 0.5, malformed: 0.6}
        steps:
          - {at: 5s, do: kill, what: broker}
          - {at: 4s, do: kill, what: redis}
          - {at: 10s, do: kill, what: redis}
        """,
        "test.yaml:5: phases 1.at and its length go beyond the load, which lasts 10",
        "test.yaml:6: phases 2.late and malformed add up to more than 1",
        "test.yaml:9: steps 2.at is before the step above it, at 5",
        "test.yaml:10: steps 3.at is not within the load, which lasts 10");
  }

  @Test
  void refusesWhatDoesNothingAndWhatIsNoYaml() {
    assertProblems("title: x\n", "test.yaml:1: steps do nothing");
    assertProblems("title: [x\n", "test.yaml:2: no YAML");
    assertProblems("- x\n", "test.yaml: the document is no mapping of keys");
  }

  @Test
  void allShippedScenariosAreReadAndFoundByName(@TempDir Path folder) throws IOException {
    var all = ShippedScenarios.all();

    assertThat(all).hasSizeGreaterThan(20).allMatch(scenario -> !scenario.title().isBlank());
    var files = Path.of("src/main/resources/io/riskstream/chaos/scenarios");
    try (var found = Files.list(files)) {
      assertThat(all)
          .extracting(Scenario::name)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(
              found
                  .map(file -> file.getFileName().toString())
                  .filter(file -> file.endsWith(".yaml"))
                  .map(file -> file.substring(0, file.length() - ".yaml".length()))
                  .toList());
    }
    assertThat(ShippedScenarios.find("kill-broker").name()).isEqualTo("kill-broker");
    var own = Files.writeString(folder.resolve("mine.yaml"), WHOLE);
    assertThat(ShippedScenarios.find(own.toString()).name()).isEqualTo("mine");
    assertThatThrownBy(() -> ShippedScenarios.find("kill-brokr"))
        .hasMessageContaining("kill-brokr is neither a file nor a scenario; scenarios: kill-");
  }

  private static Scenario parsed(String text) throws ScenarioException {
    return ScenarioFile.parse("test.yaml", "test", text);
  }

  private static void assertProblems(String text, String... problems) {
    assertThatThrownBy(() -> parsed(text))
        .isInstanceOf(ScenarioException.class)
        .satisfies(
            refused -> {
              for (var problem : List.of(problems)) {
                assertThat(refused.getMessage()).contains(problem);
              }
            });
  }
}
