package io.riskstream.risk.state;

import java.util.function.Consumer;

/** At most {@link #CAPACITY} pending events, in order. */
final class TailLeaf implements TailNode {
  static final int KIND = 0;
  static final int CAPACITY = 64;

  private final NodeEntries events;
  private ClampedAddition effect;

  TailLeaf(NodeEntries events) {
    this.events = events;
  }

  @Override
  public Inserted insert(PendingEvent event, Nodes nodes) {
    var composition = new Composition();
    var entry = events.cursor();
    var follows = entry.next();
    while (follows && entry.compareTo(event) < 0) {
      PendingEvent.compose(entry, composition);
      follows = entry.next();
    }
    if (follows && entry.compareTo(event) == 0) {
      throw new IllegalStateException("pending twice: event " + event.eventId());
    }
    var appended = !follows;
    var at = entry.start();
    var before = composition.composed();
    composition.then(event.effect());
    while (follows) {
      PendingEvent.compose(entry, composition);
      follows = entry.next();
    }
    var out = nodes.scratch();
    event.writeTo(out);
    events.replace(at, at, 0, NodeEntries.packed(out));
    effect = composition.composed();
    return new Inserted(before, events.count() > CAPACITY ? split(appended) : null);
  }

  /** Splits in half, or, where events come in order, so that the left node stays full. */
  private TailLeaf split(boolean appended) {
    effect = null;
    var count = events.count();
    return new TailLeaf(events.splitAfter(appended ? count - 1 : count / 2));
  }

  @Override
  public void removeBefore(long line, Nodes nodes, Consumer<PendingEvent> removed) {
    var count = 0;
    var entry = events.cursor();
    while (entry.next() && entry.timestampMillis() < line) {
      removed.accept(PendingEvent.readFrom(entry));
      count++;
    }
    events.dropFirst(count, entry.start());
    effect = null;
  }

  @Override
  public void visitTo(PendingEvent last, Nodes nodes, Consumer<PendingEvent> visitor) {
    var entry = events.cursor();
    while (entry.next() && entry.compareTo(last) <= 0) {
      visitor.accept(PendingEvent.readFrom(entry));
    }
  }

  @Override
  public ClampedAddition effect() {
    if (effect == null) {
      var composition = new Composition();
      for (var entry = events.cursor(); entry.next(); ) {
        PendingEvent.compose(entry, composition);
      }
      effect = composition.composed();
    }
    return effect;
  }

  @Override
  public NodeEntries entries() {
    return events;
  }

  @Override
  public int kind() {
    return KIND;
  }
}
