package io.riskstream.ops.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.riskstream.ops.check.Differences;
import io.riskstream.ops.check.Findings;
import io.riskstream.ops.check.Findings.Kind;
import io.riskstream.reference.Balance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Holds the {@code _SEALED} of every hour of the lake against what the hour must hold. */
public final class SealCheck {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "_SEALED";
  private static final Balance.FolderRows NOTHING =
      new Balance.FolderRows(0, 0, Long.MAX_VALUE, -1);

  private final Findings findings = new Findings("seals");
  private final Configuration hadoop = new Configuration();

  private SealCheck() {}

  private static final Pattern HOUR =
      Pattern.compile("year=(\\d+)/month=(\\d+)/day=(\\d+)/hour=(\\d+)");

  public static Findings of(String lakePath, Balance expected) throws IOException {
    var check = new SealCheck();
    for (var dataset : List.of("events", "ledger")) {
      var found = new HashMap<Balance.Folder, Path>();
      var root = new Path(lakePath, dataset);
      var files = root.getFileSystem(check.hadoop);
      if (files.exists(root)) {
        check.find(files, root, dataset, "", found);
      }
      check.compare(files, dataset, expected, found);
    }
    return check.findings;
  }

  private void find(
      FileSystem files, Path at, String dataset, String below, Map<Balance.Folder, Path> found)
      throws IOException {
    for (var child : files.listStatus(at)) {
      var name = child.getPath().getName();
      if (child.isDirectory()) {
        find(files, child.getPath(), dataset, below.isEmpty() ? name : below + "/" + name, found);
      } else if (name.equals(NAME)) {
        found.put(new Balance.Folder(dataset, below), child.getPath());
      }
    }
  }

  private void compare(
      FileSystem files, String dataset, Balance expected, Map<Balance.Folder, Path> found)
      throws IOException {
    for (var entry : expected.folders().entrySet()) {
      var folder = entry.getKey();
      if (!folder.dataset().equals(dataset)) {
        continue;
      }
      var path = found.remove(folder);
      var all = entry.getValue().values();
      long rows = all.stream().mapToLong(Balance.FolderRows::rows).sum();
      if (path != null && rows > 0) {
        findings.rowFound();
        var differences = differences(files, path, folder, entry.getValue());
        if (!differences.isEmpty()) {
          findings.add(Kind.DIFFERENT, name(folder) + ": " + String.join("; ", differences));
        }
      } else if (path != null) {
        findings.add(Kind.UNEXPECTED, name(folder) + " seals an hour without rows");
      } else if (rows > 0) {
        findings.add(Kind.MISSING, name(folder));
      }
    }
    found
        .keySet()
        .forEach(
            folder -> findings.add(Kind.UNEXPECTED, name(folder) + " seals an hour without rows"));
  }

  private List<String> differences(
      FileSystem files, Path path, Balance.Folder folder, Map<Integer, Balance.FolderRows> expected)
      throws IOException {
    JsonNode seal;
    try (var in = files.open(path)) {
      seal = JSON.readTree(in.readAllBytes());
    } catch (JsonProcessingException notJson) {
      return List.of("is no JSON");
    }
    var differences = new ArrayList<String>();
    var parts = new HashMap<Integer, JsonNode>();
    seal.path("partitions").forEach(part -> parts.put(part.path("partition").asInt(-1), part));
    var total = expected.values().stream().reduce(NOTHING, SealCheck::sum);
    if (!seal.path("dataset").asText().equals(folder.dataset())) {
      differences.add(Differences.difference("dataset", folder.dataset(), seal.get("dataset")));
    }
    var hour = HOUR.matcher(folder.name()).replaceFirst("$1-$2-$3T$4:00:00Z");
    if (!seal.path("hour").asText().equals(hour)) {
      differences.add(Differences.difference("hour", hour, seal.get("hour")));
    }
    hold(differences, "", total, seal);
    for (var partition : expected.entrySet()) {
      if (partition.getKey() != Balance.NO_PARTITION) {
        var name = "partition " + partition.getKey() + " ";
        var part = parts.getOrDefault(partition.getKey(), JSON.createObjectNode());
        hold(differences, name, partition.getValue(), part);
        holdOffsets(differences, name, partition.getValue(), part);
      }
    }
    parts.keySet().removeAll(expected.keySet());
    parts
        .keySet()
        .forEach(partition -> differences.add("partition " + partition + " gave nothing"));
    return differences;
  }

  private static void hold(
      List<String> differences, String name, Balance.FolderRows expected, JsonNode found) {
    if (found.path("rows").asLong(0) != expected.rows()) {
      differences.add(Differences.difference(name + "rows", expected.rows(), found.get("rows")));
    }
    // How many late ones had come by then is not known, but no more than came at all.
    if (found.path("late_rows").asLong(0) > expected.lateRows()) {
      differences.add(
          Differences.difference(
              name + "late_rows", "at most " + expected.lateRows(), found.get("late_rows")));
    }
  }

  private static void holdOffsets(
      List<String> differences, String name, Balance.FolderRows expected, JsonNode found) {
    if (expected.rows() == 0) {
      return;
    }
    for (var offset :
        Map.of("first_offset", expected.firstOffset(), "last_offset", expected.lastOffset())
            .entrySet()) {
      if (found.path(offset.getKey()).asLong(-1) != offset.getValue()) {
        differences.add(
            Differences.difference(
                name + offset.getKey(), offset.getValue(), found.get(offset.getKey())));
      }
    }
  }

  private static Balance.FolderRows sum(Balance.FolderRows one, Balance.FolderRows other) {
    return new Balance.FolderRows(
        one.rows() + other.rows(), one.lateRows() + other.lateRows(), Long.MAX_VALUE, -1);
  }

  private static String name(Balance.Folder folder) {
    return folder.dataset() + "/" + folder.name() + "/" + NAME;
  }
}
