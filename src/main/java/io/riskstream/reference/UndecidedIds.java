package io.riskstream.reference;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.UserEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Event ids that have records in several partitions: the first to arrive was accepted, and Kafka's
 * order tells which that is within a partition only. Takes each partition's records in their order.
 */
final class UndecidedIds {
  /** Whose event it is, and which. */
  private record EventKey(String userId, String eventId) {
    static EventKey of(UserEvent event) {
      return new EventKey(event.userId(), event.eventId());
    }
  }

  private final Map<EventKey, Accepted> firsts = new HashMap<>();
  private final Map<EventKey, Map<Integer, SentRecord>> undecided = new LinkedHashMap<>();

  /**
   * @param firsts records that are known to have been accepted
   */
  UndecidedIds(List<SentRecord> firsts) {
    for (var sent : firsts) {
      var event = EventDecoder.decodeValid(sent);
      this.firsts.put(EventKey.of(event), Accepted.of(event, sent));
    }
  }

  /**
   * Returns the record that is known to have been accepted instead of this one; null if none is, or
   * if the line has passed it.
   */
  Accepted firstOf(UserEvent event, long lineMillis) {
    if (firsts.isEmpty()) {
      return null;
    }
    var first = firsts.get(EventKey.of(event));
    var other = first != null && !first.sent().coordinates().equals(event.coordinates());
    return other && first.timestampMillis() >= lineMillis ? first : null;
  }

  /** Notes that a record was not accepted, because of the original. */
  void meet(UserEvent event, SentRecord sent, SentRecord original) {
    if (sent.coordinates().partition() != original.coordinates().partition()) {
      var rivals = undecided.computeIfAbsent(EventKey.of(event), key -> new TreeMap<>());
      rivals.putIfAbsent(original.coordinates().partition(), original);
      rivals.putIfAbsent(sent.coordinates().partition(), sent);
    }
  }

  /** Returns the records that may have been the first, each partition's own first. */
  List<List<SentRecord>> all() {
    var all = new ArrayList<List<SentRecord>>();
    undecided.values().forEach(rivals -> all.add(List.copyOf(rivals.values())));
    return all;
  }
}
