package io.riskstream.chaos.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.flink.util.TimeUtils;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * A mapping of a YAML file. What is asked for is there and of its type, or a problem is noted;
 * {@link #end} notes the keys that nobody asked for.
 */
final class YamlMapping {
  private static final String TIME = "a time such as 8s or 200ms";

  private final YamlFile file;
  private final String path;
  private final MappingNode nodeOrNull;
  private final Map<String, Node> values = new LinkedHashMap<>();
  private final List<String> asked = new ArrayList<>();

  YamlMapping(YamlFile file, String path, MappingNode nodeOrNull) {
    this.file = file;
    this.path = path;
    this.nodeOrNull = nodeOrNull;
    if (nodeOrNull != null) {
      nodeOrNull.getValue().forEach(entry -> add(entry.getKeyNode(), entry.getValueNode()));
    }
  }

  private void add(Node key, Node value) {
    if (!(key instanceof ScalarNode scalar)) {
      file.problem(key, "a key that is no text");
    } else if (values.putIfAbsent(scalar.getValue(), value) != null) {
      file.problem(key, name(scalar.getValue()) + " is given a second time");
    }
  }

  /** Returns a text, or the other one where the key is absent; null notes that it is required. */
  String text(String key, String otherwise) {
    var node = find(key);
    if (node == null) {
      if (otherwise == null) {
        problem(key, "is missing");
      }
      return otherwise == null ? "" : otherwise;
    }
    if (node instanceof ScalarNode scalar && !scalar.getValue().isBlank()) {
      return scalar.getValue();
    }
    problem(key, "must be a text");
    return "";
  }

  /** Returns a number within bounds. */
  double number(String key, double otherwise, double least, double most) {
    var node = find(key);
    if (node == null) {
      return otherwise;
    }
    try {
      var number = Double.parseDouble(((ScalarNode) node).getValue());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (ClassCastException | NumberFormatException noNumber) {
      // is said below
    }
    problem(key, "must be a number from " + plain(least) + " to " + plain(most));
    return otherwise;
  }

  /** Returns a whole number within bounds. */
  int count(String key, int otherwise, int least, int most) {
    var number = number(key, otherwise, least, most);
    if (number != Math.rint(number)) {
      problem(key, "must be a whole number");
    }
    return (int) number;
  }

  /** Returns a time above 0, or, where it is said, from 0 on; null notes that it is required. */
  Duration time(String key, Duration otherwise) {
    var node = find(key);
    if (node == null) {
      if (otherwise == null) {
        problem(key, "is missing; write " + TIME);
      }
      return otherwise == null ? Duration.ZERO : otherwise;
    }
    if (node instanceof ScalarNode scalar && isTime(scalar.getValue())) {
      return TimeUtils.parseDuration(scalar.getValue());
    }
    problem(key, "must be " + TIME);
    return Duration.ZERO;
  }

  /** Returns whether the text is a time with its unit. */
  static boolean isTime(String text) {
    try {
      TimeUtils.parseDuration(text);
      return !text.strip().matches("\\d+");
    } catch (IllegalArgumentException noTime) {
      return false;
    }
  }

  /** Returns the mapping below the key, empty where it is absent. */
  YamlMapping mapping(String key) {
    var node = find(key);
    if (node == null || node instanceof MappingNode) {
      return new YamlMapping(file, name(key), (MappingNode) node);
    }
    problem(key, "must be a mapping of keys");
    return new YamlMapping(file, name(key), null);
  }

  /** Returns the mappings of the list below the key. */
  List<YamlMapping> list(String key) {
    var node = find(key);
    var mappings = new ArrayList<YamlMapping>();
    if (node instanceof SequenceNode sequence) {
      for (var element : sequence.getValue()) {
        if (element instanceof MappingNode mapping) {
          mappings.add(new YamlMapping(file, key + " " + (mappings.size() + 1), mapping));
        } else {
          file.problem(element, name(key) + " must hold mappings, each with its keys");
        }
      }
    } else if (node != null) {
      problem(key, "must be a list");
    }
    return mappings;
  }

  /** Returns all its keys with their texts, and ends it. */
  Map<String, String> texts() {
    var texts = new LinkedHashMap<String, String>();
    values.forEach(
        (key, node) -> {
          if (node instanceof ScalarNode scalar) {
            texts.put(key, scalar.getValue());
          } else {
            file.problem(node, name(key) + " must be a text or a number");
          }
        });
    return texts;
  }

  /** Returns whether the key is there, which counts as asked for. */
  boolean has(String key) {
    return find(key) != null;
  }

  /** Notes a problem of a key, or of the whole where it is absent. */
  void problem(String key, String what) {
    file.problem(values.getOrDefault(key, nodeOrNull), name(key) + " " + what);
  }

  /** Notes a problem if the text of a key is not as it must be. */
  void require(String key, Predicate<String> isRight, String otherwise) {
    if (find(key) instanceof ScalarNode scalar && !isRight.test(scalar.getValue())) {
      problem(key, "cannot be " + scalar.getValue() + "; it must be " + otherwise);
    }
  }

  /** Notes the keys that nobody has asked for. */
  void end() {
    values.forEach(
        (key, node) -> {
          if (!asked.contains(key)) {
            file.problem(
                node, "unknown key " + name(key) + "; allowed: " + String.join(", ", asked));
          }
        });
  }

  private Node find(String key) {
    if (!asked.contains(key)) {
      asked.add(key);
    }
    return values.get(key);
  }

  private String name(String key) {
    return path.isEmpty() ? key : path + "." + key;
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
