package io.riskstream.reference;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Alert;
import io.riskstream.model.Coordinates;
import io.riskstream.model.UserEvent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one user's records amount to: taken in Kafka's order, folded in the order of event time. */
final class UserHistory {
  /** What the user's accepted events come to. */
  record Outcome(
      List<Expected.Ledger> ledger,
      List<Alert> alerts,
      List<Expected.Activity> activity,
      Optional<Expected.User> hash) {}

  private static final int NO_PARTITION = -1;

  private final String userId;
  private final Map<String, Accepted> newestById = new HashMap<>();
  private final List<Accepted> accepted = new ArrayList<>();
  private ProfileHistory profiles = ProfileHistory.NONE;
  private int partition = NO_PARTITION;
  private boolean scattered;
  private long validRecords;
  private long newestRecordMillis = Long.MIN_VALUE;
  private long newestAcceptedMillis = Long.MIN_VALUE;

  UserHistory(String userId) {
    this.userId = userId;
  }

  String userId() {
    return userId;
  }

  boolean isScattered() {
    return scattered;
  }

  /** Notes a valid event of the user, before it is known what becomes of it. */
  void eventArrived(Coordinates coordinates) {
    scattered |= partition != NO_PARTITION && partition != coordinates.partition();
    partition = coordinates.partition();
    recordArrived(coordinates);
  }

  /** Notes a valid record of the user, be it an event or a profile. */
  void recordArrived(Coordinates coordinates) {
    validRecords++;
    newestRecordMillis = Math.max(newestRecordMillis, coordinates.ingestTimeMillis());
  }

  /** Returns the last accepted event of the id, or null. */
  Accepted acceptedWithId(String eventId) {
    return newestById.get(eventId);
  }

  void accept(UserEvent event, SentRecord sent) {
    var inShort = Accepted.of(event, sent);
    newestById.put(event.eventId(), inShort);
    accepted.add(inShort);
    newestAcceptedMillis = Math.max(newestAcceptedMillis, event.coordinates().ingestTimeMillis());
  }

  /** Takes an update that is not late. */
  void updateProfile(long timestampMillis, Map<String, String> attributes) {
    if (profiles == ProfileHistory.NONE) {
      profiles = new ProfileHistory();
    }
    profiles.add(timestampMillis, attributes);
  }

  /** Sort, fold. */
  Outcome outcome(Documents documents, WindowTallies tallies) {
    Collections.sort(accepted);
    var surroundings = new Surroundings(documents.timeline(), profiles, documents.settings());
    var alerts = new UserAlerts(userId, surroundings);
    var score = new ScoreFold(userId, surroundings, alerts);
    accepted.forEach(score::take);
    var windows = new WindowFold(userId, surroundings, accepted);
    windows.live(alerts, tallies);
    return new Outcome(
        score.rows(),
        alerts.confirmed(),
        windows.activity(documents.copies()),
        accepted.isEmpty()
            ? Optional.empty()
            : Optional.of(hash(surroundings, score.scoreMicros())));
  }

  /** Section 10 of the semantics. */
  private Expected.User hash(Surroundings surroundings, int scoreMicros) {
    long lastActivityMillis = accepted.get(accepted.size() - 1).timestampMillis();
    var ruleset = surroundings.timeline().rulesAt(lastActivityMillis).ruleset();
    return new Expected.User(
        userId,
        scoreMicros,
        ruleset.levelOf(scoreMicros),
        accepted.size(),
        accepted.get(0).timestampMillis(),
        lastActivityMillis,
        ruleset.version(),
        newestAcceptedMillis,
        newestRecordMillis,
        validRecords);
  }
}
