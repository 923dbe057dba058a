package io.riskstream.pipeline.law;

import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.EventRow;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.Micros;
import io.riskstream.model.ProfileRow;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserSnapshot;
import io.riskstream.model.WindowRow;
import io.riskstream.model.WindowSpec;
import io.riskstream.reference.Expected;
import io.riskstream.reference.ReferenceInput;
import io.riskstream.reference.ReferenceModel;
import io.riskstream.reference.ReferenceSettings;
import io.riskstream.reference.rules.DimensionFiles;
import io.riskstream.testkit.RowText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The law for one case: what the graph writes is what the reference model says. */
final class Law {
  static final String USER = "user";
  private static final String QUALITY = "data-quality";

  private Law() {}

  /** Runs the case of a seed and returns how it differs; an empty list is as it must be. */
  static List<String> differences(long seed, LawCluster cluster) throws Exception {
    var drawn = RandomCase.of(seed);
    return differences(texts(expected(drawn)), texts(CaseRun.of(drawn, seed, cluster)));
  }

  /** Returns how what was found differs, each dataset as texts. */
  static List<String> differences(
      Map<String, List<String>> expected, Map<String, List<String>> found) {
    var differences = new ArrayList<String>();
    expected.forEach((what, texts) -> compare(differences, what, texts, found.get(what)));
    found.forEach(
        (what, texts) -> {
          if (!expected.containsKey(what)) {
            Steps.check(differences, texts);
          }
        });
    return differences;
  }

  /** Returns what must have been written, as texts of each dataset. */
  static Map<String, List<String>> texts(Expected expected) {
    var texts = new TreeMap<String, List<String>>();
    texts.put("event", texts(expected.events(), Law::row));
    texts.put("ledger", texts(expected.ledger(), row -> RowText.of(row.toRow())));
    texts.put("activity", texts(expected.activity(), row -> RowText.of(row.toRow())));
    texts.put("window", texts(expected.windows(), row -> RowText.of(row, "revision")));
    texts.put("confirmed", texts(expected.alerts(), Law::confirmed));
    texts.put("profile", texts(expected.profiles(), row -> RowText.of(row.toRow())));
    texts.put(USER, texts(List.copyOf(expected.users().values()), Law::hash));
    texts.put("dead letter", texts(expected.deadLetters(), letter -> "a dead letter"));
    return texts;
  }

  /** Returns what was written, as texts of each dataset, and the steps of alerts and windows. */
  static Map<String, List<String>> texts(CaseOutcome found) {
    var texts = new TreeMap<String, List<String>>();
    texts.put("event", texts(found.events(), Law::row));
    texts.put("ledger", texts(found.ledger(), RowText::of));
    texts.put("activity", texts(found.activity(), RowText::of));
    texts.put(
        "window",
        found.windows().stream()
            .filter(WindowRow::getFinal$)
            .map(row -> RowText.of(row, "revision"))
            .toList());
    texts.put(
        "confirmed",
        found.alerts().stream()
            .filter(alert -> alert.getStatus() == AlertStatus.confirmed && isOfUser(alert))
            .map(Law::confirmed)
            .toList());
    texts.put("profile", texts(found.profiles(), Law::row));
    texts.put(USER, newest(found.hotUpdates()));
    texts.put(
        "dead letter",
        found.outgoing().stream()
            .filter(record -> record.topic().contains("dead-letters"))
            .map(record -> "a dead letter")
            .toList());
    texts.put(
        "steps of alerts", found.alerts().stream().filter(Law::isOfUser).map(Steps::of).toList());
    texts.put("steps of windows", texts(found.windows(), Steps::of));
    return texts;
  }

  static Expected expected(RandomCase drawn) {
    return ReferenceModel.of(
        new ReferenceInput(drawn.events, drawn.profiles, drawn.documents, List.of()),
        new ReferenceSettings(
            drawn.delayMillis,
            drawn.latenessMillis,
            RandomCase.SKEW_MILLIS,
            RandomCase.GUARD_MILLIS,
            List.of(
                new WindowSpec("5m/1m", 300_000, 60_000),
                new WindowSpec("20s/10s", 20_000, 10_000),
                new WindowSpec("10s/5s", 10_000, 5_000)),
            RandomCase.ACTIVITY_MILLIS,
            RandomCase.NAMED_TYPES,
            drawn.maxAgeMillis,
            null,
            DimensionFiles.NONE));
  }

  /** As many of each text on the one side as on the other. */
  private static void compare(
      List<String> differences, String what, List<String> expected, List<String> found) {
    var surplus = new TreeMap<String, Integer>();
    expected.forEach(text -> surplus.merge(text, -1, Integer::sum));
    found.forEach(text -> surplus.merge(text, 1, Integer::sum));
    surplus.forEach(
        (text, count) -> {
          if (count != 0) {
            differences.add((count < 0 ? "missing " : "too many ") + what + ": " + text);
          }
        });
  }

  private static boolean isOfUser(Alert alert) {
    return !alert.getKind().equals(QUALITY);
  }

  private static String confirmed(Alert alert) {
    return RowText.of(alert, "revision", "code_version");
  }

  private static String row(Expected.Event event) {
    return RowText.of(event.toRow());
  }

  private static String row(UserEvent event) {
    var coordinates = event.coordinates();
    return RowText.of(
        new EventRow(
            event.eventId(),
            event.userId(),
            event.eventType(),
            Instant.ofEpochMilli(event.timestampMillis()),
            event.sessionId(),
            event.valueMicros() == null ? null : Micros.toDecimal(event.valueMicros()),
            event.properties(),
            coordinates.topic(),
            coordinates.partition(),
            coordinates.offset(),
            Instant.ofEpochMilli(coordinates.ingestTimeMillis()),
            event.late()));
  }

  private static String row(ProfileUpdate update) {
    var coordinates = update.coordinates();
    return RowText.of(
        new ProfileRow(
            update.userId(),
            Instant.ofEpochMilli(update.timestampMillis()),
            update.attributes(),
            coordinates.topic(),
            coordinates.partition(),
            coordinates.offset(),
            Instant.ofEpochMilli(coordinates.ingestTimeMillis()),
            update.late()));
  }

  private static String hash(Expected.User user) {
    return Stream.of(
            user.userId(),
            user.scoreMicros(),
            user.level(),
            user.totalEvents(),
            user.firstSeenMillis(),
            user.lastActivityMillis(),
            user.rulesVersion())
        .map(String::valueOf)
        .collect(Collectors.joining(" "));
  }

  private static List<String> newest(List<HotUpdate> updates) {
    Map<String, UserSnapshot> users = new HashMap<>();
    for (var update : updates) {
      if (update instanceof UserSnapshot user) {
        users.merge(
            user.userId(),
            user,
            (one, other) -> one.version().compareTo(other.version()) > 0 ? one : other);
      }
    }
    return users.values().stream()
        .map(
            user ->
                Stream.of(
                        user.userId(),
                        user.scoreMicros(),
                        user.level(),
                        user.totalEvents(),
                        user.firstSeenMillis(),
                        user.lastActivityMillis(),
                        user.rulesVersion())
                    .map(String::valueOf)
                    .collect(Collectors.joining(" ")))
        .toList();
  }

  private static <T> List<String> texts(List<T> rows, Function<T, String> text) {
    return rows.stream().map(text).toList();
  }
}
