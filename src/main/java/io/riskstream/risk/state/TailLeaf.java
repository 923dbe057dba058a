package io.riskstream.risk.state;

import io.riskstream.model.Micros;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/** At most {@link #CAPACITY} pending events, in order. */
final class TailLeaf implements TailNode {
  static final int KIND = 0;
  static final int CAPACITY = 64;

  private final ArrayList<PendingEvent> events;

  TailLeaf(List<PendingEvent> events) {
    this.events = new ArrayList<>(events);
  }

  int size() {
    return events.size();
  }

  @Override
  public Inserted insert(PendingEvent event, Nodes nodes) {
    var found = Collections.binarySearch(events, event);
    if (found >= 0) {
      throw new IllegalStateException("pending twice: event " + event.eventId());
    }
    var at = -found - 1;
    var before = effectOfFirst(at);
    events.add(at, event);
    return new Inserted(before, events.size() > CAPACITY ? splitAround(at) : null);
  }

  /** Splits in half, or, where events come in order, so that the left node stays full. */
  private TailLeaf splitAround(int inserted) {
    var appended = inserted == events.size() - 1;
    var upper = events.subList(appended ? inserted : events.size() / 2, events.size());
    var right = new TailLeaf(upper);
    upper.clear();
    return right;
  }

  @Override
  public void removeBefore(long line, Nodes nodes, Consumer<PendingEvent> removed) {
    var count = 0;
    while (count < events.size() && events.get(count).timestampMillis() < line) {
      removed.accept(events.get(count));
      count++;
    }
    events.subList(0, count).clear();
  }

  @Override
  public void visitTo(PendingEvent last, Nodes nodes, Consumer<PendingEvent> visitor) {
    for (var event : events) {
      if (event.compareTo(last) > 0) {
        return;
      }
      visitor.accept(event);
    }
  }

  @Override
  public ClampedAddition effect() {
    return effectOfFirst(events.size());
  }

  private ClampedAddition effectOfFirst(int count) {
    var effect = ClampedAddition.identity(0, Micros.ONE);
    for (var index = 0; index < count; index++) {
      effect = effect.then(events.get(index).effect());
    }
    return effect;
  }

  @Override
  public PendingEvent first() {
    return events.get(0);
  }

  @Override
  public boolean isEmpty() {
    return events.isEmpty();
  }

  @Override
  public void writeTo(PackedWriter out) {
    out.writeByte(KIND);
    out.writeUnsigned(events.size());
    for (var event : events) {
      event.writeTo(out);
    }
  }

  static TailLeaf readEntries(PackedReader in) {
    var size = Math.toIntExact(in.readUnsigned());
    var events = new ArrayList<PendingEvent>(size + 1);
    for (var index = 0; index < size; index++) {
      events.add(PendingEvent.readFrom(in));
    }
    return new TailLeaf(events);
  }
}
