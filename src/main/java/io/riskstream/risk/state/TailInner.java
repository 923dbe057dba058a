package io.riskstream.risk.state;

import java.util.function.Consumer;

/**
 * At most {@link #CAPACITY} nodes in order, each a chunk of its own; of each its first event's place
 * in order, where it is and what all of its events do to a score.
 */
final class TailInner implements TailNode {
  static final int KIND = 1;
  static final int CAPACITY = 64;

  private final NodeEntries children;
  private ClampedAddition effect;

  TailInner(NodeEntries children) {
    this.children = children;
  }

  /** Makes a node above one or two others, which become chunks. */
  static TailInner above(TailNode left, TailNode right, Nodes nodes) {
    var inner = new TailInner(new NodeEntries());
    var first = stored(nodes.newId(), left, nodes);
    if (right == null) {
      inner.children.replace(0, 0, 0, first);
    } else {
      inner.children.replace(0, 0, 0, first, stored(nodes.newId(), right, nodes));
    }
    return inner;
  }

  /** Returns the chunk of the first node below. */
  long firstChildId() {
    var child = children.cursor();
    child.next();
    return child.kept().readUnsigned();
  }

  @Override
  public Inserted insert(PendingEvent event, Nodes nodes) {
    var at = indexFor(event);
    var composition = new Composition();
    var child = children.cursor();
    child.next();
    for (var index = 0; index < at; index++) {
      compose(child, composition);
      child.next();
    }
    var start = child.start();
    var end = child.end();
    var id = child.kept().readUnsigned();
    var node = nodes.load(id);
    var inserted = node.insert(event, nodes);
    var before = composition.composed().then(inserted.before());
    var left = stored(id, node, nodes);
    composition.then(node.effect());
    if (inserted.right() == null) {
      children.replace(start, end, 1, left);
    } else {
      children.replace(start, end, 1, left, stored(nodes.newId(), inserted.right(), nodes));
      composition.then(inserted.right().effect());
    }
    while (child.next()) {
      compose(child, composition);
    }
    effect = composition.composed();
    return new Inserted(before, children.count() > CAPACITY ? split(at) : null);
  }

  /** Returns the last child that begins before the event, or the first one. */
  private int indexFor(PendingEvent event) {
    var child = children.cursor();
    child.next();
    var index = 0;
    while (child.next() && child.compareTo(event) <= 0) {
      index++;
    }
    return index;
  }

  private TailInner split(int inserted) {
    effect = null;
    var count = children.count();
    return new TailInner(children.splitAfter(inserted >= count - 2 ? count - 1 : count / 2));
  }

  @Override
  public void removeBefore(long line, Nodes nodes, Consumer<PendingEvent> removed) {
    effect = null;
    var count = 0;
    var child = children.cursor();
    while (child.next() && child.timestampMillis() < line) {
      var id = child.kept().readUnsigned();
      var node = nodes.load(id);
      node.removeBefore(line, nodes, removed);
      if (!node.isEmpty()) {
        children.dropFirst(count, child.start());
        children.replace(child.start(), child.end(), 1, stored(id, node, nodes));
        return;
      }
      nodes.remove(id);
      count++;
    }
    children.dropFirst(count, child.start());
  }

  @Override
  public void visitTo(PendingEvent last, Nodes nodes, Consumer<PendingEvent> visitor) {
    var child = children.cursor();
    while (child.next() && child.compareTo(last) <= 0) {
      nodes.load(child.kept().readUnsigned()).visitTo(last, nodes, visitor);
    }
  }

  @Override
  public ClampedAddition effect() {
    if (effect == null) {
      var composition = new Composition();
      for (var child = children.cursor(); child.next(); ) {
        compose(child, composition);
      }
      effect = composition.composed();
    }
    return effect;
  }

  @Override
  public NodeEntries entries() {
    return children;
  }

  @Override
  public int kind() {
    return KIND;
  }

  private static void compose(NodeEntries.Cursor child, Composition effect) {
    var in = child.kept();
    in.readUnsigned();
    var addend = in.readSigned();
    var floor = Math.toIntExact(in.readUnsigned());
    effect.then(addend, floor, Math.toIntExact(in.readUnsigned()));
  }

  /** Stores the node and returns its entry. */
  private static byte[] stored(long id, TailNode node, Nodes nodes) {
    nodes.store(id, node);
    var first = node.entries().cursor();
    first.next();
    var out = nodes.scratch();
    out.writeLong(first.timestampMillis());
    out.writeBytes(first.eventIdUtf8());
    out.writeUnsigned(id);
    out.writeSigned(node.effect().addend());
    out.writeUnsigned(node.effect().floor());
    out.writeUnsigned(node.effect().ceiling());
    return NodeEntries.packed(out);
  }
}
