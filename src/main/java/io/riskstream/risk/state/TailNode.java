package io.riskstream.risk.state;

import io.riskstream.packed.PackedWriter;
import java.util.function.Consumer;

/**
 * A node of the {@link PendingTail}: events or further nodes in scoring order, summed up by the one
 * map that all of them do to a score.
 */
sealed interface TailNode permits TailLeaf, TailInner {

  /** Inserts the event and splits the node if that makes it too large. */
  Inserted insert(PendingEvent event, Nodes nodes);

  /** Removes the events before the line, in order, and hands each one over. */
  void removeBefore(long line, Nodes nodes, Consumer<PendingEvent> removed);

  /** Hands over the events up to the given one, which included, in order. */
  void visitTo(PendingEvent last, Nodes nodes, Consumer<PendingEvent> visitor);

  /** Returns what all events of the node do to a score, one after another. */
  default ClampedAddition effect() {
    return entries().effect(0, entries().count());
  }

  /** Returns the node's entries, whose first one begins with the place of its first event. */
  NodeEntries entries();

  default boolean isEmpty() {
    return entries().count() == 0;
  }

  /** Returns the node of the entries, by their kind. */
  static TailNode of(NodeEntries entries) {
    return switch (entries.kind()) {
      case TailLeaf.KIND -> new TailLeaf(entries);
      case TailInner.KIND -> new TailInner(entries);
      default ->
          throw new IllegalStateException("state is corrupt: node of kind " + entries.kind());
    };
  }

  /**
   * What an insertion tells the node above.
   *
   * @param before composed effect of the node's events before the inserted one
   * @param whole composed effect of all of the node's events, those of its right half included
   * @param rightOrNull right half of a node that was split
   */
  record Inserted(ClampedAddition before, ClampedAddition whole, TailNode rightOrNull) {}

  /** Loads, stores and names the nodes below the root. */
  interface Nodes {
    TailNode load(long id);

    void store(long id, TailNode node);

    void remove(long id);

    long newId();

    /** Returns a writer with nothing in it, for what is of no more use at the next call. */
    PackedWriter scratch();
  }
}
