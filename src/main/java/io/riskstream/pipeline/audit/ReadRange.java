package io.riskstream.pipeline.audit;

import io.riskstream.model.AuditedRange;
import io.riskstream.pipeline.completeness.HourCounts;

/** What one partition gave since the last checkpoint, and what became of it. */
final class ReadRange {
  private static final long NO_OFFSET = -1;

  private long received;
  private long accepted;
  private long duplicate;
  private long late;
  private long deadLettered;
  private long firstOffset = Long.MAX_VALUE;
  private long lastOffset = NO_OFFSET;

  void add(HourCounts counts) {
    received += counts.received();
    accepted += counts.accepted();
    duplicate += counts.duplicate();
    late += counts.late();
    deadLettered += counts.deadLettered();
    firstOffset = Math.min(firstOffset, counts.firstOffset());
    lastOffset = Math.max(lastOffset, counts.lastOffset());
  }

  AuditedRange toRow(String topic, int partition) {
    return new AuditedRange(
        topic,
        partition,
        received,
        accepted,
        duplicate,
        late,
        deadLettered,
        lastOffset == NO_OFFSET ? NO_OFFSET : firstOffset,
        lastOffset);
  }
}
