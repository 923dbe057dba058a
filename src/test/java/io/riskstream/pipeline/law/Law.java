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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The law for one case: what the graph writes is what the reference model says. */
final class Law {
  private static final String QUALITY = "data-quality";

  private Law() {}

  /** Runs the case of a seed and returns how it differs; an empty list is as it must be. */
  static List<String> differences(long seed, LawCluster cluster) throws Exception {
    var drawn = RandomCase.of(seed);
    var expected = expected(drawn);
    var found = CaseRun.of(drawn, seed, cluster);
    var differences = new ArrayList<String>();
    compare(
        differences, "event", texts(expected.events(), Law::row), texts(found.events(), Law::row));
    compare(
        differences,
        "ledger",
        texts(expected.ledger(), row -> RowText.of(row.toRow())),
        texts(found.ledger(), RowText::of));
    compare(
        differences,
        "activity",
        texts(expected.activity(), row -> RowText.of(row.toRow())),
        texts(found.activity(), RowText::of));
    compare(
        differences,
        "window",
        texts(expected.windows(), row -> RowText.of(row, "revision")),
        found.windows().stream()
            .filter(WindowRow::getFinal$)
            .map(row -> RowText.of(row, "revision"))
            .toList());
    compare(
        differences,
        "confirmed",
        texts(expected.alerts(), Law::confirmed),
        found.alerts().stream()
            .filter(alert -> alert.getStatus() == AlertStatus.confirmed && isOfUser(alert))
            .map(Law::confirmed)
            .toList());
    compare(
        differences,
        "profile",
        texts(expected.profiles(), row -> RowText.of(row.toRow())),
        texts(found.profiles(), Law::row));
    compare(
        differences,
        "user",
        texts(List.copyOf(expected.users().values()), Law::hash),
        newest(found.hotUpdates()));
    compare(
        differences,
        "dead letters",
        List.of(Integer.toString(expected.deadLetters().size())),
        List.of(
            Long.toString(
                found.outgoing().stream()
                    .filter(record -> record.topic().contains("dead-letters"))
                    .count())));
    lives(differences, found.alerts());
    revisions(differences, found.windows());
    return differences;
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

  /** Every alert is raised first and ends once, its revisions counting up from 0. */
  private static void lives(List<String> differences, List<Alert> alerts) {
    alerts.stream()
        .filter(Law::isOfUser)
        .collect(Collectors.groupingBy(Alert::getAlertId))
        .forEach(
            (id, steps) -> {
              steps.sort(Comparator.comparingInt(Alert::getRevision));
              for (var step = 0; step < steps.size(); step++) {
                var alert = steps.get(step);
                var status =
                    switch (alert.getStatus()) {
                      case raised -> step == 0;
                      case amended -> step > 0 && step < steps.size() - 1;
                      case confirmed, withdrawn ->
                          step > 0 && step == steps.size() - 1 && alert.getFinal$();
                    };
                var last = step == steps.size() - 1;
                var ended =
                    alert.getStatus() == AlertStatus.confirmed
                        || alert.getStatus() == AlertStatus.withdrawn;
                if (!status
                    || alert.getRevision() != step
                    || last != ended
                    || (ended && !says(alert, steps.get(step - 1)))) {
                  differences.add("step %d of the life of alert %s: %s".formatted(step, id, alert));
                }
              }
            });
  }

  /** The end is of the trigger that was said last; one that is withdrawn says the very same. */
  private static boolean says(Alert end, Alert before) {
    return end.getStatus() == AlertStatus.withdrawn
        ? RowText.of(end, "revision", "status", "final")
            .equals(RowText.of(before, "revision", "status", "final"))
        : end.getEventTime().equals(before.getEventTime())
            && Objects.equals(end.getEventId(), before.getEventId());
  }

  /** A window's rows count up from 0, and the last one is final. */
  private static void revisions(List<String> differences, List<WindowRow> rows) {
    rows.stream()
        .collect(
            Collectors.groupingBy(
                row -> row.getWindow() + row.getWindowStart() + row.getEventType()))
        .forEach(
            (window, ofOne) -> {
              ofOne.sort(Comparator.comparingInt(WindowRow::getRevision));
              for (var index = 0; index < ofOne.size(); index++) {
                var row = ofOne.get(index);
                if (row.getRevision() != index || row.getFinal$() != (index == ofOne.size() - 1)) {
                  differences.add("row %d of window %s: %s".formatted(index, window, row));
                }
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
