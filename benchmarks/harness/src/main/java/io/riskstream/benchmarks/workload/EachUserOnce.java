package io.riskstream.benchmarks.workload;

import io.riskstream.load.PlannedRecord;
import io.riskstream.load.RecordKind;
import io.riskstream.load.event.EventDraft;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** A page view of each user of a workload, at its rate, the last one just before its traffic. */
final class EachUserOnce implements Iterator<PlannedRecord> {
  private final Traffic traffic;
  private final String idPrefix;
  private final int users;
  private int planned;

  EachUserOnce(Traffic traffic) {
    this.traffic = traffic;
    this.idPrefix = traffic.ordinary().idPrefix() + "known-";
    this.users = traffic.workload().users().count();
  }

  @Override
  public boolean hasNext() {
    return planned < users;
  }

  @Override
  public PlannedRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    var before = Math.round((users - planned) / traffic.ratePerSecond() * 1000);
    planned++;
    var event =
        new EventDraft(
            idPrefix + planned,
            "user-" + planned,
            "page_view",
            Long.toString(traffic.startMillis() - before),
            "",
            "");
    return new PlannedRecord(0, RecordKind.ORDINARY, event.key(), event.bytes());
  }
}
