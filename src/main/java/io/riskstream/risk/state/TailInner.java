package io.riskstream.risk.state;

import java.util.function.Consumer;

/**
 * At most {@link #CAPACITY} nodes in order, each a chunk of its own; of each its first event's
 * place in order, what all of its events do to a score, and where it is.
 */
final class TailInner implements TailNode {
  static final int KIND = 1;
  static final int CAPACITY = 32;

  private NodeEntries children;

  TailInner(NodeEntries children) {
    this.children = children;
  }

  /** Makes a node above one or two others, which become chunks. */
  static TailInner above(TailNode left, TailNode right, Nodes nodes) {
    var first = NodeEntries.none(KIND).replaced(0, 0, stored(nodes.newId(), left, nodes));
    return new TailInner(
        right == null ? first : first.replaced(1, 1, stored(nodes.newId(), right, nodes)));
  }

  /** Returns the chunk of a node below. */
  long childId(int index) {
    var content = children.content(index);
    content.moveTo(content.readLength() + content.position());
    return content.readUnsigned();
  }

  @Override
  public Inserted insert(PendingEvent event, Nodes nodes) {
    var at = Math.max(0, children.countTo(event) - 1);
    var before = children.effect(0, at);
    var after = children.effect(at + 1, children.count());
    var id = childId(at);
    var child = nodes.load(id);
    var inserted = child.insert(event, nodes);
    if (inserted.rightOrNull() != null) {
      var left = stored(id, child, nodes);
      var right = stored(nodes.newId(), inserted.rightOrNull(), nodes);
      children = children.replaced(at, at + 1, left, right);
    } else if (children.compare(at, event) < 0) {
      nodes.store(id, child);
      children = children.withEffect(at, inserted.whole());
    } else { // the child begins with this event now
      children = children.replaced(at, at + 1, stored(id, child, nodes));
    }
    return new Inserted(
        before.then(inserted.before()),
        before.then(inserted.whole()).then(after),
        children.count() > CAPACITY ? split(at) : null);
  }

  private TailInner split(int inserted) {
    var count = children.count();
    var kept = inserted >= count - 2 ? count - 1 : count / 2;
    var right = new TailInner(children.range(kept, count));
    children = children.range(0, kept);
    return right;
  }

  @Override
  public void removeBefore(long line, Nodes nodes, Consumer<PendingEvent> removed) {
    var beginBefore = children.countBefore(line);
    for (var index = 0; index < beginBefore; index++) {
      var id = childId(index);
      var child = nodes.load(id);
      child.removeBefore(line, nodes, removed);
      if (child.entries().count() > 0) {
        // Only the last one that begins before the line can reach beyond it.
        children = children.range(index, children.count()).replaced(0, 1, stored(id, child, nodes));
        return;
      }
      nodes.remove(id);
    }
    children = children.range(beginBefore, children.count());
  }

  @Override
  public void visitTo(PendingEvent last, Nodes nodes, Consumer<PendingEvent> visitor) {
    var to = children.countTo(last);
    for (var index = 0; index < to; index++) {
      nodes.load(childId(index)).visitTo(last, nodes, visitor);
    }
  }

  @Override
  public NodeEntries entries() {
    return children;
  }

  /** Stores the node and returns its entry. */
  private static NodeEntries.Entry stored(long id, TailNode node, Nodes nodes) {
    nodes.store(id, node);
    var entries = node.entries();
    var out = nodes.scratch();
    out.writeBytes(entries.content(0).readBytes());
    out.writeUnsigned(id);
    return new NodeEntries.Entry(entries.timestampMillis(0), node.effect(), out.toByteArray());
  }
}
