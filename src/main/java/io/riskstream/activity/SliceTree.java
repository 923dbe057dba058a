package io.riskstream.activity;

import io.riskstream.packed.ChunkIds;
import io.riskstream.packed.ChunkStore;
import io.riskstream.packed.PackedReader;
import io.riskstream.packed.PackedWriter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A user's slices by their index: a radix tree whose inner entries are sums of the {@link #FAN_OUT}
 * below them. An event costs one path, a sum over any stretch two, however many slices there are.
 *
 * <p>The top entries are inline, in the user's head: few slices cost no chunk at all. Each entry
 * above the slices has a chunk with its children, at most {@link #FAN_OUT}; {@link #dropBefore}
 * removes it with the last of them.
 */
final class SliceTree {
  /** Returned where there is no such slice. */
  static final long NONE = Long.MIN_VALUE;

  static final int INLINE = 16;
  static final int FAN_OUT = 16;
  private static final int FAN_OUT_BITS = 4;
  private static final int FEW = 8;
  private static final int INDEX_BITS = 52;
  private static final int ANY_TYPE = -1;

  private int level; // of the top entries; slices are level 0
  private List<Slice> top;

  /** Chunks as they were read or written last, until the tree is packed. */
  private final Map<Long, List<Slice>> unpacked = new HashMap<>(4);

  private SliceTree(int level, List<Slice> top) {
    this.level = level;
    this.top = top;
  }

  SliceTree() {
    this(0, new ArrayList<>());
  }

  boolean isEmpty() {
    return top.isEmpty();
  }

  /** Returns the greatest timestamp; there must be one. */
  long lastMillis() {
    return top.get(top.size() - 1).lastMillis();
  }

  /** Counts an event; returns whether it is the first of its type in its slice. */
  boolean add(
      long index, int typeNumber, long timestampMillis, ChunkStore chunks, PackedWriter scratch) {
    if (index < 0 || index >>> INDEX_BITS != 0) {
      throw new IllegalArgumentException("no slice can be at " + timestampMillis);
    }
    var first = add(top, level, index, typeNumber, timestampMillis, chunks, scratch);
    while (top.size() > INLINE) {
      pushDown(chunks, scratch);
    }
    return first;
  }

  private boolean add(
      List<Slice> siblings,
      int depth,
      long index,
      int typeNumber,
      long timestampMillis,
      ChunkStore chunks,
      PackedWriter scratch) {
    var own = index >> (FAN_OUT_BITS * depth);
    var at = siblings.size();
    while (at > 0 && siblings.get(at - 1).index() >= own) {
      at--;
    }
    var isThere = at < siblings.size() && siblings.get(at).index() == own;
    if (!isThere) {
      siblings.add(at, new Slice(own));
    }
    var entry = siblings.get(at);
    var first = entry.count(typeNumber) == 0;
    entry.add(typeNumber, timestampMillis);
    if (depth > 0) {
      var children = isThere ? load(depth, own, chunks) : new ArrayList<Slice>();
      first = add(children, depth - 1, index, typeNumber, timestampMillis, chunks, scratch);
      store(depth, own, children, chunks, scratch);
    }
    return first;
  }

  private void pushDown(ChunkStore chunks, PackedWriter scratch) {
    var above = new ArrayList<Slice>();
    var children = new ArrayList<Slice>();
    for (var at = 0; at < top.size(); at++) {
      var child = top.get(at);
      var index = child.index() >> FAN_OUT_BITS;
      if (children.isEmpty()) {
        above.add(new Slice(index));
      }
      children.add(child);
      above.get(above.size() - 1).add(child);
      if (at + 1 == top.size() || top.get(at + 1).index() >> FAN_OUT_BITS != index) {
        store(level + 1, index, children, chunks, scratch);
        children = new ArrayList<>();
      }
    }
    top = above;
    level++;
  }

  /** Returns the first slice from one index to another, exclusive, or {@link #NONE}. */
  long first(long from, long to, ChunkStore chunks) {
    return first(top, level, from, to, ANY_TYPE, chunks);
  }

  /** Returns the first slice that has an event of the type, or {@link #NONE}. */
  long firstOf(int typeNumber, long from, long to, ChunkStore chunks) {
    return first(top, level, from, to, typeNumber, chunks);
  }

  private long first(
      List<Slice> siblings, int depth, long from, long to, int type, ChunkStore chunks) {
    for (var entry : siblings) {
      if (start(entry, depth) >= to) {
        return NONE;
      }
      if (end(entry, depth) > from && (type == ANY_TYPE || entry.count(type) > 0)) {
        var found =
            depth == 0
                ? entry.index()
                : first(load(depth, entry.index(), chunks), depth - 1, from, to, type, chunks);
        if (found != NONE) {
          return found;
        }
      }
    }
    return NONE;
  }

  /** Returns the last slice that has an event of the type, or {@link #NONE}. */
  long lastOf(int typeNumber, long from, long to, ChunkStore chunks) {
    return last(top, level, from, to, typeNumber, chunks);
  }

  private long last(
      List<Slice> siblings, int depth, long from, long to, int type, ChunkStore chunks) {
    for (var at = siblings.size() - 1; at >= 0; at--) {
      var entry = siblings.get(at);
      if (end(entry, depth) <= from) {
        return NONE;
      }
      if (start(entry, depth) < to && entry.count(type) > 0) {
        var found =
            depth == 0
                ? entry.index()
                : last(load(depth, entry.index(), chunks), depth - 1, from, to, type, chunks);
        if (found != NONE) {
          return found;
        }
      }
    }
    return NONE;
  }

  /** Returns the sum of the slices from one index to another, exclusive. */
  Slice sum(long from, long to, ChunkStore chunks) {
    var sum = new Slice(0);
    addTo(sum, top, level, from, to, chunks);
    return sum;
  }

  private void addTo(
      Slice sum, List<Slice> siblings, int depth, long from, long to, ChunkStore chunks) {
    for (var entry : siblings) {
      if (start(entry, depth) >= to) {
        return;
      }
      if (start(entry, depth) >= from && end(entry, depth) <= to) {
        sum.add(entry);
      } else if (end(entry, depth) > from) {
        addTo(sum, load(depth, entry.index(), chunks), depth - 1, from, to, chunks);
      }
    }
  }

  /** Removes the slices before the index. */
  void dropBefore(long index, ChunkStore chunks, PackedWriter scratch) {
    top = kept(top, level, index, chunks, scratch);
    var lifted = true;
    while (lifted && level > 0 && top.size() <= 2) {
      lifted = lift(chunks);
    }
  }

  private List<Slice> kept(
      List<Slice> siblings, int depth, long index, ChunkStore chunks, PackedWriter scratch) {
    if (siblings.isEmpty() || start(siblings.get(0), depth) >= index) {
      return siblings;
    }
    var kept = new ArrayList<Slice>();
    for (var entry : siblings) {
      if (start(entry, depth) >= index) {
        kept.add(entry);
      } else if (end(entry, depth) <= index) {
        removeBelow(entry, depth, chunks);
      } else {
        var children = kept(load(depth, entry.index(), chunks), depth - 1, index, chunks, scratch);
        if (children.isEmpty()) {
          remove(depth, entry.index(), chunks);
        } else {
          var rest = new Slice(entry.index());
          children.forEach(rest::add);
          kept.add(rest);
          store(depth, entry.index(), children, chunks, scratch);
        }
      }
    }
    return kept;
  }

  private void removeBelow(Slice entry, int depth, ChunkStore chunks) {
    if (depth == 0) {
      return;
    }
    if (depth > 1) {
      for (var child : load(depth, entry.index(), chunks)) {
        removeBelow(child, depth - 1, chunks);
      }
    }
    remove(depth, entry.index(), chunks);
  }

  /** Takes the children of the top entries in their place, where they are few. */
  private boolean lift(ChunkStore chunks) {
    var children = new ArrayList<Slice>();
    for (var entry : top) {
      children.addAll(load(level, entry.index(), chunks));
    }
    if (children.size() > FEW) {
      return false;
    }
    for (var entry : top) {
      remove(level, entry.index(), chunks);
    }
    top = children;
    level--;
    return true;
  }

  private static long start(Slice entry, int depth) {
    return entry.index() << (FAN_OUT_BITS * depth);
  }

  private static long end(Slice entry, int depth) {
    return (entry.index() + 1) << (FAN_OUT_BITS * depth);
  }

  private List<Slice> load(int depth, long index, ChunkStore chunks) {
    return unpacked.computeIfAbsent(
        chunkId(depth, index), id -> readSlices(new PackedReader(chunks.get(id))));
  }

  private void store(
      int depth, long index, List<Slice> children, ChunkStore chunks, PackedWriter scratch) {
    var id = chunkId(depth, index);
    writeSlices(children, scratch.reset());
    chunks.put(id, scratch.toByteArray());
    unpacked.put(id, children);
  }

  private void remove(int depth, long index, ChunkStore chunks) {
    var id = chunkId(depth, index);
    chunks.remove(id);
    unpacked.remove(id);
  }

  private static long chunkId(int depth, long index) {
    return ChunkIds.SLICES + ((long) depth << INDEX_BITS) + index;
  }

  void writeTo(PackedWriter out) {
    unpacked.clear();
    out.writeByte(level);
    writeSlices(top, out);
  }

  static SliceTree readFrom(PackedReader in) {
    return new SliceTree(in.readByte(), readSlices(in));
  }

  private static void writeSlices(List<Slice> slices, PackedWriter out) {
    out.writeUnsigned(slices.size());
    var before = new Slice(0);
    for (var slice : slices) {
      slice.writeTo(out, before);
      before = slice;
    }
  }

  private static List<Slice> readSlices(PackedReader in) {
    var size = Math.toIntExact(in.readUnsigned());
    var slices = new ArrayList<Slice>(size + 1);
    var before = new Slice(0);
    for (var at = 0; at < size; at++) {
      before = Slice.readFrom(in, before);
      slices.add(before);
    }
    return slices;
  }
}
