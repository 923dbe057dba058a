package io.riskstream.risk.state;

import java.util.function.Consumer;

/** At most {@link #CAPACITY} pending events, in order. */
final class TailLeaf implements TailNode {
  static final int KIND = 0;
  static final int CAPACITY = 32;

  private NodeEntries events;

  TailLeaf(NodeEntries events) {
    this.events = events;
  }

  @Override
  public Inserted insert(PendingEvent event, Nodes nodes) {
    var at = events.countTo(event);
    if (at > 0 && events.compare(at - 1, event) == 0) {
      throw new IllegalStateException("pending twice: event " + event.eventId());
    }
    var before = events.effect(0, at);
    var whole = before.then(event.effect()).then(events.effect(at, events.count()));
    events = events.replaced(at, at, event.entry(nodes.scratch()));
    return new Inserted(before, whole, events.count() > CAPACITY ? split(at) : null);
  }

  /** Splits in half, or, where events come in order, so that the left node stays full. */
  private TailLeaf split(int inserted) {
    var count = events.count();
    var kept = inserted == count - 1 ? inserted : count / 2;
    var right = new TailLeaf(events.range(kept, count));
    events = events.range(0, kept);
    return right;
  }

  @Override
  public void removeBefore(long line, Nodes nodes, Consumer<PendingEvent> removed) {
    var before = events.countBefore(line);
    for (var index = 0; index < before; index++) {
      removed.accept(PendingEvent.of(events, index));
    }
    events = events.range(before, events.count());
  }

  @Override
  public void visitTo(PendingEvent last, Nodes nodes, Consumer<PendingEvent> visitor) {
    var to = events.countTo(last);
    for (var index = 0; index < to; index++) {
      visitor.accept(PendingEvent.of(events, index));
    }
  }

  @Override
  public NodeEntries entries() {
    return events;
  }
}
