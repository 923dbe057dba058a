package io.riskstream.chaos.scenario;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The scenarios that come with riskstream, in the order in which all of them are run. */
public final class ShippedScenarios {
  private static final String LIST = "list";

  private ShippedScenarios() {}

  /** Returns their names. */
  public static List<String> names() {
    return text(LIST).lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
  }

  /** Returns all of them. */
  public static List<Scenario> all() throws ScenarioException {
    var scenarios = new ArrayList<Scenario>();
    for (var name : names()) {
      scenarios.add(shipped(name));
    }
    return scenarios;
  }

  /**
   * Returns the scenario of this name or, where there is none, that of the file.
   *
   * @throws ScenarioException if there is neither, or the file is no scenario
   */
  public static Scenario find(String nameOrFile) throws IOException {
    if (names().contains(nameOrFile)) {
      return shipped(nameOrFile);
    }
    var file = Path.of(nameOrFile);
    if (Files.isRegularFile(file)) {
      return ScenarioFile.read(file);
    }
    throw new ScenarioException(
        List.of(
            "%s is neither a file nor a scenario; scenarios: %s"
                .formatted(nameOrFile, String.join(", ", names()))));
  }

  private static Scenario shipped(String name) throws ScenarioException {
    var file = name + ".yaml";
    return ScenarioFile.parse(file, name, text(file));
  }

  private static String text(String resource) {
    var path = "/io/riskstream/chaos/scenarios/" + resource;
    try (var in = ShippedScenarios.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("the build lacks " + path);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
