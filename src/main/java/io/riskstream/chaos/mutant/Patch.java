package io.riskstream.chaos.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * What makes another build of the job: edits of its sources.
 *
 * <pre>
 * title: an alert is sent at least once only
 * killed-by: task-manager-killed        # of a mutant: the scenario that must fail with it
 * version: 0.2.0-next                   # of a version: what the build calls itself
 * edits:
 *   - file: io/riskstream/sink/KafkaOutput.java
 *     find: DeliveryGuarantee.EXACTLY_ONCE
 *     replace: DeliveryGuarantee.AT_LEAST_ONCE
 * </pre>
 *
 * @param name of the file, without its ending
 * @param killedBy scenario that tells a mutant from the right build
 * @param version what the build calls itself, where it is not what it was
 */
public record Patch(
    String name,
    String title,
    Optional<String> killedBy,
    Optional<String> version,
    List<Edit> edits) {
  private static final Set<String> KEYS = Set.of("title", "killed-by", "version", "edits");
  private static final Set<String> KEYS_OF_EDIT = Set.of("file", "find", "replace");

  public Patch {
    edits = List.copyOf(edits);
  }

  /**
   * Reads a patch.
   *
   * @throws PatchException if it is no patch
   */
  public static Patch parse(String name, String yaml) throws PatchException {
    Object root;
    try {
      root = new Load(LoadSettings.builder().setLabel(name).build()).loadFromString(yaml);
    } catch (YamlEngineException malformed) {
      throw new PatchException(
          "patch " + name + " is not one YAML document: " + malformed.getMessage(), malformed);
    }
    var keys = mapping(name, root, KEYS);
    if (!(keys.get("edits") instanceof List<?> list) || list.isEmpty()) {
      throw new PatchException("patch " + name + " has no edits; list at least one");
    }
    var edits = new ArrayList<Edit>();
    for (var element : list) {
      var edit = mapping(name, element, KEYS_OF_EDIT);
      edits.add(
          new Edit(
              text(name, edit, "file"), text(name, edit, "find"), text(name, edit, "replace")));
    }
    return new Patch(
        name,
        text(name, keys, "title"),
        optional(name, keys, "killed-by"),
        optional(name, keys, "version"),
        edits);
  }

  private static Map<?, ?> mapping(String name, Object value, Set<String> known)
      throws PatchException {
    if (!(value instanceof Map<?, ?> keys)) {
      throw new PatchException("patch " + name + ": lines of key: value are expected");
    }
    for (var key : keys.keySet()) {
      if (!known.contains(key)) {
        throw new PatchException(
            "patch %s: unknown key '%s'; there are %s".formatted(name, key, sorted(known)));
      }
    }
    return keys;
  }

  private static List<String> sorted(Set<String> keys) {
    return keys.stream().sorted().toList();
  }

  private static String text(String name, Map<?, ?> keys, String key) throws PatchException {
    return optional(name, keys, key)
        .orElseThrow(() -> new PatchException("patch " + name + " lacks " + key));
  }

  private static Optional<String> optional(String name, Map<?, ?> keys, String key)
      throws PatchException {
    var value = keys.get(key);
    if (value != null && !(value instanceof String)) {
      throw new PatchException("patch " + name + ": " + key + " is no text; put it in quotes");
    }
    return Optional.ofNullable((String) value);
  }
}
