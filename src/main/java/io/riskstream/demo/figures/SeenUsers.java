package io.riskstream.demo.figures;

import io.riskstream.load.PlannedRecord;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Counts the records of each user while a plan is read, so that the busiest are known. */
public final class SeenUsers {
  private final Map<String, Long> records = new ConcurrentHashMap<>();

  /** Returns the same plan, counted as it is read. */
  public Iterator<PlannedRecord> count(Iterator<PlannedRecord> plan) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return plan.hasNext();
      }

      @Override
      public PlannedRecord next() {
        var record = plan.next();
        if (record.key() != null) {
          records.merge(new String(record.key(), StandardCharsets.UTF_8), 1L, Long::sum);
        }
        return record;
      }
    };
  }

  /** Returns the users with most records, most first, at most so many. */
  List<String> busiest(int atMost) {
    return records.entrySet().stream()
        .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
        .limit(atMost)
        .map(Map.Entry::getKey)
        .toList();
  }
}
