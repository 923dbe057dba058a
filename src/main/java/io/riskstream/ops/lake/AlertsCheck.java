package io.riskstream.ops.lake;

import com.fasterxml.jackson.databind.JsonNode;
import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.ops.check.Differences;
import io.riskstream.ops.check.Findings;
import io.riskstream.ops.check.Findings.Kind;
import io.riskstream.reference.LakeFolders;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Holds every step in the life of the alerts against the reference model: of each id the revisions
 * count up from 0 without a gap, it begins raised and ends exactly once, what is confirmed is
 * exactly what must be, and the topic says the same as the dataset, but for shadow alerts.
 */
public final class AlertsCheck {
  /** What the reference model leaves open. */
  private static final Set<String> OPEN = Set.of("revision", "code_version");

  /** What the end of a withdrawn alert says anew. */
  private static final Set<String> OF_THE_STEP =
      Set.of("revision", "code_version", "status", "final");

  /** They are computed by quality, not of users. */
  private static final String DATA_QUALITY = "data-quality";

  private static final String SHADOW = "shadow";

  private final Findings dataset = new Findings("lake alerts");
  private final Findings topic = new Findings("alerts");
  private final Map<String, TreeMap<Integer, Alert>> lives = new TreeMap<>();
  private final Map<String, Set<Integer>> published = new HashMap<>();
  private long confirmed;
  private long withdrawn;

  private AlertsCheck() {}

  /** Reads the dataset and holds it against the alerts that must be confirmed. */
  public static AlertsCheck of(String lakePath, List<Alert> expected) throws IOException {
    var check = new AlertsCheck();
    new LakeDataset<>(lakePath, "alerts", new Alert(), check.dataset).read(check::add);
    check.compare(expected);
    return check;
  }

  public Findings dataset() {
    return dataset;
  }

  public Findings topic() {
    return topic;
  }

  /** Returns how many ids there are. */
  public int ids() {
    return lives.size();
  }

  public long confirmed() {
    return confirmed;
  }

  public long withdrawn() {
    return withdrawn;
  }

  private void add(Alert alert, String folder, String where) {
    dataset.rowFound();
    if (!LakeFolders.of(alert).equals(folder)) {
      dataset.add(
          Kind.DIFFERENT,
          where + ": " + Differences.difference("folder", LakeFolders.of(alert), folder));
    }
    if (alert.getKind().equals(DATA_QUALITY)) {
      return;
    }
    var life = lives.computeIfAbsent(alert.getAlertId(), id -> new TreeMap<>());
    if (life.putIfAbsent(alert.getRevision(), alert) != null) {
      dataset.add(Kind.DOUBLE, name(alert) + " in " + where);
    }
  }

  private void compare(List<Alert> expected) {
    var awaited = new HashMap<String, Alert>();
    expected.forEach(alert -> awaited.put(alert.getAlertId(), alert));
    lives.forEach(
        (id, life) -> {
          var problems = problems(life);
          var last = life.lastEntry().getValue();
          if (last.getStatus() == AlertStatus.confirmed) {
            confirmed++;
            var wanted = awaited.remove(id);
            if (wanted == null) {
              dataset.add(Kind.UNEXPECTED, name(last) + " is confirmed");
            } else {
              problems.addAll(Differences.between(wanted, last, OPEN));
            }
          } else if (last.getStatus() == AlertStatus.withdrawn) {
            withdrawn++;
          }
          if (!problems.isEmpty()) {
            dataset.add(Kind.DIFFERENT, name(last) + ": " + String.join("; ", problems));
          }
        });
    awaited.forEach((id, alert) -> dataset.add(Kind.MISSING, describe(alert) + " as confirmed"));
  }

  private static List<String> problems(NavigableMap<Integer, Alert> life) {
    var problems = new ArrayList<String>();
    int last = life.lastKey();
    if (life.firstKey() != 0 || life.size() != last + 1) {
      problems.add(life.size() + " revisions, but they run to " + last);
    }
    Alert before = null;
    for (var alert : life.values()) {
      boolean isLast = alert.getRevision() == last;
      boolean isEnd =
          alert.getStatus() == AlertStatus.confirmed || alert.getStatus() == AlertStatus.withdrawn;
      if (isEnd != isLast) {
        problems.add(isLast ? "has no end" : "revision " + alert.getRevision() + " is no last one");
      }
      if ((alert.getRevision() == 0) != (alert.getStatus() == AlertStatus.raised)) {
        problems.add("revision " + alert.getRevision() + " is " + alert.getStatus());
      }
      if (before != null && alert.getStatus() == AlertStatus.withdrawn) {
        problems.addAll(Differences.between(before, alert, OF_THE_STEP));
      }
      before = alert;
    }
    return problems;
  }

  /** Takes a message of the topic. */
  public void published(JsonNode message, String where) {
    topic.rowFound();
    if (message.path("kind").asText().equals(DATA_QUALITY)) {
      return;
    }
    var id = message.path("alert_id").asText();
    int revision = message.path("revision").asInt(-1);
    var name = "alert " + id + " revision " + revision + " in " + where;
    var life = lives.get(id);
    if (life == null || !life.containsKey(revision)) {
      topic.add(Kind.UNEXPECTED, name + " is not in the dataset");
    } else if (!published.computeIfAbsent(id, key -> new HashSet<>()).add(revision)) {
      topic.add(Kind.DOUBLE, name);
    } else if (life.get(revision).getMode().equals(SHADOW)) {
      topic.add(Kind.UNEXPECTED, name + " is a shadow alert");
    } else {
      var differences = Differences.between(life.get(revision), message, Set.of());
      if (!differences.isEmpty()) {
        topic.add(Kind.DIFFERENT, name + ": " + String.join("; ", differences));
      }
    }
  }

  /** Reports what the topic lacks. */
  public void finish() {
    lives.forEach(
        (id, life) ->
            life.forEach(
                (revision, alert) -> {
                  if (!alert.getMode().equals(SHADOW)
                      && !published.getOrDefault(id, Set.of()).contains(revision)) {
                    topic.add(Kind.MISSING, name(alert));
                  }
                }));
  }

  private static String name(Alert alert) {
    return describe(alert) + " revision " + alert.getRevision();
  }

  private static String describe(Alert alert) {
    return "alert %s of user %s rule %s at %s"
        .formatted(alert.getAlertId(), alert.getUserId(), alert.getRuleId(), alert.getEventTime());
  }
}
