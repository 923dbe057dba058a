package io.riskstream.risk.state;

import io.riskstream.packed.ChunkStore;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.util.function.Consumer;

/**
 * A user's score-relevant events that are not final yet, in scoring order: a B+ tree whose nodes
 * are chunks and whose inner nodes carry the composed effect of what is below them. An event costs
 * one path of nodes wherever in the order it falls, and the provisional score is read off the root.
 *
 * <p>The root is inline, in the user's head: few events cost no chunk at all. {@link #removeBefore}
 * clears what has become final.
 */
public final class PendingTail {
  static final int INLINE_EVENTS = 16;
  private static final int COLLAPSE_EVENTS = 8;

  private TailNode root;
  private long lastId;

  private PendingTail(TailNode root, long lastId) {
    this.root = root;
    this.lastId = lastId;
  }

  public PendingTail() {
    this(new TailLeaf(NodeEntries.none(TailLeaf.KIND)), 0);
  }

  /**
   * Inserts an event that is not in the tail yet.
   *
   * @return the composed effect of all pending events before it in order
   */
  public ClampedAddition insert(PendingEvent event, ChunkStore chunks, PackedWriter scratch) {
    var nodes = new ChunkNodes(chunks, scratch);
    var inserted = root.insert(event, nodes);
    if (inserted.rightOrNull() != null) {
      root = TailInner.above(root, inserted.rightOrNull(), nodes);
    } else if (root instanceof TailLeaf leaf && leaf.entries().count() > INLINE_EVENTS) {
      root = TailInner.above(leaf, null, nodes);
    }
    return inserted.before();
  }

  /** Removes the events before the line, in order, and hands each one over. */
  public void removeBefore(
      long line, ChunkStore chunks, PackedWriter scratch, Consumer<PendingEvent> removed) {
    var nodes = new ChunkNodes(chunks, scratch);
    root.removeBefore(line, nodes, removed);
    collapse(nodes);
  }

  private void collapse(ChunkNodes nodes) {
    while (root instanceof TailInner inner && inner.entries().count() == 1) {
      var id = inner.childId(0);
      var only = nodes.load(id);
      if (only instanceof TailLeaf leaf && leaf.entries().count() > COLLAPSE_EVENTS) {
        return;
      }
      nodes.remove(id);
      root = only;
    }
    if (root.isEmpty()) {
      root = new TailLeaf(NodeEntries.none(TailLeaf.KIND));
      lastId = 0;
    }
  }

  /** Hands over the pending events up to the given one, which included, in order. */
  public void visitTo(
      PendingEvent last, ChunkStore chunks, PackedWriter scratch, Consumer<PendingEvent> visitor) {
    root.visitTo(last, new ChunkNodes(chunks, scratch), visitor);
  }

  /** Returns what all pending events do to the stable score. */
  public ClampedAddition effect() {
    return root.effect();
  }

  public boolean isEmpty() {
    return root.isEmpty();
  }

  /** Returns the timestamp of the first pending event, epoch milliseconds; there must be one. */
  public long firstMillis() {
    return root.entries().timestampMillis(0);
  }

  public void writeTo(PackedWriter out) {
    out.writeUnsigned(lastId);
    root.entries().writeTo(out);
  }

  public static PendingTail readFrom(PackedReader in) {
    var lastId = in.readUnsigned();
    return new PendingTail(TailNode.of(NodeEntries.readFrom(in)), lastId);
  }

  private final class ChunkNodes implements TailNode.Nodes {
    private final ChunkStore chunks;
    private final PackedWriter scratch;

    ChunkNodes(ChunkStore chunks, PackedWriter scratch) {
      this.chunks = chunks;
      this.scratch = scratch;
    }

    @Override
    public TailNode load(long id) {
      return TailNode.of(NodeEntries.of(chunks.get(id)));
    }

    @Override
    public void store(long id, TailNode node) {
      chunks.put(id, node.entries().packed());
    }

    @Override
    public void remove(long id) {
      chunks.remove(id);
    }

    @Override
    public long newId() {
      return ++lastId;
    }

    @Override
    public PackedWriter scratch() {
      return scratch.reset();
    }
  }
}
