package io.riskstream.risk.state;

import io.riskstream.model.Micros;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** At most {@link #CAPACITY} nodes in order, each a chunk of its own, each with its effect. */
final class TailInner implements TailNode {
  static final int KIND = 1;
  static final int CAPACITY = 64;

  /** A node below: where it is, its first event and what all of its events do to a score. */
  private record Child(long id, PendingEvent first, ClampedAddition effect) {}

  private final ArrayList<Child> children;

  private TailInner(List<Child> children) {
    this.children = new ArrayList<>(children);
  }

  /** Makes a node above one or two others, which become chunks. */
  static TailInner above(TailNode left, TailNode right, Nodes nodes) {
    var inner = new TailInner(List.of());
    inner.children.add(stored(nodes.newId(), left, nodes));
    if (right != null) {
      inner.children.add(stored(nodes.newId(), right, nodes));
    }
    return inner;
  }

  int size() {
    return children.size();
  }

  /** Returns the chunk of the only node below. */
  long onlyChildId() {
    return children.get(0).id();
  }

  @Override
  public Inserted insert(PendingEvent event, Nodes nodes) {
    var at = 0;
    var before = ClampedAddition.identity(0, Micros.ONE);
    while (at + 1 < children.size() && children.get(at + 1).first().compareTo(event) <= 0) {
      before = before.then(children.get(at).effect());
      at++;
    }
    var id = children.get(at).id();
    var child = nodes.load(id);
    var inserted = child.insert(event, nodes);
    children.set(at, stored(id, child, nodes));
    if (inserted.right() != null) {
      children.add(at + 1, stored(nodes.newId(), inserted.right(), nodes));
    }
    return new Inserted(
        before.then(inserted.before()), children.size() > CAPACITY ? splitAround(at) : null);
  }

  private TailInner splitAround(int inserted) {
    var appended = inserted >= children.size() - 2;
    var upper =
        children.subList(appended ? children.size() - 1 : children.size() / 2, children.size());
    var right = new TailInner(upper);
    upper.clear();
    return right;
  }

  @Override
  public void removeBefore(long line, Nodes nodes, Consumer<PendingEvent> removed) {
    while (!children.isEmpty() && children.get(0).first().timestampMillis() < line) {
      var id = children.get(0).id();
      var child = nodes.load(id);
      child.removeBefore(line, nodes, removed);
      if (child.isEmpty()) {
        nodes.remove(id);
        children.remove(0);
      } else {
        children.set(0, stored(id, child, nodes));
      }
    }
  }

  @Override
  public void visitTo(PendingEvent last, Nodes nodes, Consumer<PendingEvent> visitor) {
    for (var child : children) {
      if (child.first().compareTo(last) > 0) {
        return;
      }
      nodes.load(child.id()).visitTo(last, nodes, visitor);
    }
  }

  @Override
  public ClampedAddition effect() {
    var effect = ClampedAddition.identity(0, Micros.ONE);
    for (var child : children) {
      effect = effect.then(child.effect());
    }
    return effect;
  }

  @Override
  public PendingEvent first() {
    return children.get(0).first();
  }

  @Override
  public boolean isEmpty() {
    return children.isEmpty();
  }

  private static Child stored(long id, TailNode node, Nodes nodes) {
    nodes.store(id, node);
    return new Child(id, node.first(), node.effect());
  }

  @Override
  public void writeTo(PackedWriter out) {
    out.writeByte(KIND);
    out.writeUnsigned(children.size());
    for (var child : children) {
      out.writeUnsigned(child.id());
      out.writeSigned(child.first().timestampMillis());
      out.writeBytes(child.first().eventIdUtf8());
      out.writeSigned(child.effect().addend());
      out.writeUnsigned(child.effect().floor());
      out.writeUnsigned(child.effect().ceiling());
    }
  }

  static TailInner readChildren(PackedReader in) {
    var size = Math.toIntExact(in.readUnsigned());
    var children = new ArrayList<Child>(size + 1);
    for (var index = 0; index < size; index++) {
      var id = in.readUnsigned();
      var first = PendingEvent.bound(in.readSigned(), in.readBytes());
      var addend = in.readSigned();
      var floor = Math.toIntExact(in.readUnsigned());
      var ceiling = Math.toIntExact(in.readUnsigned());
      children.add(new Child(id, first, new ClampedAddition(addend, floor, ceiling)));
    }
    return new TailInner(children);
  }
}
