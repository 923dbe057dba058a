package io.riskstream.config;

import io.riskstream.config.ConfigException.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads a YAML file, nested or flat or both, into flat keys that know their line. Problems never
 * quote the file's text, as it may hold what should not be printed.
 */
final class YamlSettings {
  private static final int MAX_DEPTH = 20;

  private final Path file;
  private final List<Problem> problems;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private YamlSettings(Path file, List<Problem> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** Returns the file's settings by key; what cannot be read becomes a problem. */
  static Map<String, Setting> read(Path file, List<Problem> problems) {
    var yaml = new YamlSettings(file, problems);
    yaml.read();
    return yaml.settings;
  }

  private void read() {
    try {
      var text = Files.readString(file, StandardCharsets.UTF_8);
      new Compose(LoadSettings.builder().build())
          .composeString(text)
          .ifPresent(root -> flatten("", root, 0));
    } catch (NoSuchFileException e) {
      unreadable(file.toString(), "the file does not exist", "name an existing one with --config");
    } catch (IOException e) {
      unreadable(
          file.toString(), "the file cannot be read as UTF-8 text", "check its type and rights");
    } catch (MarkedYamlEngineException e) {
      var line = e.getProblemMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
      unreadable(
          file + line,
          "this is not one YAML document",
          "check indentation, colons and quotes here");
    } catch (YamlEngineException e) {
      unreadable(file.toString(), "this is not one YAML document", "check its syntax");
    }
  }

  private void flatten(String prefix, Node node, int depth) {
    if (depth > MAX_DEPTH) {
      report(prefix, node, "nested too deeply", "write flat keys, such as kafka.group-id");
    } else if (node instanceof MappingNode mapping) {
      for (var entry : mapping.getValue()) {
        if (entry.getKeyNode() instanceof ScalarNode name) {
          var key = prefix.isEmpty() ? name.getValue() : prefix + "." + name.getValue();
          flatten(key, entry.getValueNode(), depth + 1);
        } else {
          report(prefix, entry.getKeyNode(), "a key that is no text", "write it as plain text");
        }
      }
    } else if (prefix.isEmpty()) {
      report(
          file.toString(), node, "the document is no mapping of keys", "write lines of key: value");
    } else {
      scalar(prefix, node);
    }
  }

  private void scalar(String key, Node node) {
    if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      add(key, node, scalar.getValue());
    } else if (node instanceof SequenceNode sequence
        && sequence.getValue().stream().allMatch(ScalarNode.class::isInstance)) {
      // Flink's own lists are separated by semicolons, all others by commas.
      var separator = key.startsWith(RiskstreamOptions.FLINK_PREFIX) ? ";" : ",";
      add(
          key,
          node,
          sequence.getValue().stream()
              .map(element -> ((ScalarNode) element).getValue())
              .collect(Collectors.joining(separator)));
    } else {
      report(key, node, "a key without a value", "give it a value, or remove the line");
    }
  }

  private void add(String key, Node node, String text) {
    var earlier = settings.putIfAbsent(key, new Setting(key, text, null, where(node)));
    if (earlier != null) {
      report(key, node, "given a second time, first at " + earlier.where(), "keep one of them");
    }
  }

  private void report(String key, Node node, String what, String fix) {
    problems.add(new Problem(key, null, where(node), what, fix));
  }

  private void unreadable(String where, String what, String fix) {
    problems.add(new Problem("--config", null, where, what, fix));
  }

  private String where(Node node) {
    return file.getFileName()
        + node.getStartMark().map(mark -> ":" + (mark.getLine() + 1)).orElse("");
  }
}
