package io.riskstream.chaos.scenario;

import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/**
 * A YAML document whose every problem is said with file and line. Reading goes on behind a problem,
 * so that all are found at once.
 */
final class YamlFile {
  private final String name;
  private final List<String> problems = new ArrayList<>();

  YamlFile(String name) {
    this.name = name;
  }

  /** Returns the document, which is empty where it is no mapping. */
  YamlMapping read(String text) {
    try {
      var root = new Compose(LoadSettings.builder().build()).composeString(text);
      if (root.isPresent() && root.get() instanceof MappingNode mapping) {
        return new YamlMapping(this, "", mapping);
      }
      problems.add(name + ": the document is no mapping of keys; write lines of key: value");
    } catch (MarkedYamlEngineException broken) {
      var line = broken.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
      problems.add(name + line + ": no YAML: " + broken.getProblem());
    } catch (YamlEngineException broken) {
      problems.add(name + ": no YAML: " + broken.getMessage());
    }
    return new YamlMapping(this, "", null);
  }

  void problem(Node nodeOrNull, String what) {
    var line =
        nodeOrNull == null
            ? ""
            : nodeOrNull.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
    problems.add(name + line + ": " + what);
  }

  /**
   * Does nothing if all was well.
   *
   * @throws ScenarioException that says every problem
   */
  void failIfWrong() throws ScenarioException {
    if (!problems.isEmpty()) {
      throw new ScenarioException(problems);
    }
  }
}
