package io.riskstream.benchmarks.goal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** Reads targets from YAML. */
public final class TargetsFile {
  private static final Set<String> KEYS = Set.of("target", "figure", "beside", "at", "must", "aim");

  private TargetsFile() {}

  /**
   * Reads them.
   *
   * @throws IOException if the file is not there or wrong; the message names it and the place
   */
  public static List<Target> read(Path file) throws IOException {
    var text = Files.readString(file, StandardCharsets.UTF_8);
    try {
      var root = new Load(LoadSettings.builder().setLabel(file.toString()).build());
      if (!(root.loadFromString(text) instanceof List<?> entries)) {
        throw new IllegalArgumentException("it is to be a list of targets");
      }
      var targets = new ArrayList<Target>();
      for (var entry : entries) {
        targets.add(target(entry, targets.size() + 1));
      }
      return List.copyOf(targets);
    } catch (YamlEngineException | IllegalArgumentException wrong) {
      throw new IOException(file + ": " + wrong.getMessage(), wrong);
    }
  }

  private static Target target(Object entry, int number) {
    if (!(entry instanceof Map<?, ?> keys) || !KEYS.containsAll(keys.keySet())) {
      throw new IllegalArgumentException(
          "target %d: it has the keys %s and no others".formatted(number, KEYS));
    }
    return new Target(
        text(keys, "target", number),
        text(keys, "figure", number),
        keys.containsKey("beside") ? text(keys, "beside", number) : null,
        Target.Bound.valueOf(text(keys, "at", number).toUpperCase(Locale.ROOT)),
        number(keys, "must", number),
        number(keys, "aim", number));
  }

  private static String text(Map<?, ?> keys, String key, int number) {
    if (keys.get(key) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("target %d: %s has to be a text".formatted(number, key));
  }

  private static double number(Map<?, ?> keys, String key, int number) {
    if (keys.get(key) instanceof Number value) {
      return value.doubleValue();
    }
    throw new IllegalArgumentException("target %d: %s has to be a number".formatted(number, key));
  }
}
