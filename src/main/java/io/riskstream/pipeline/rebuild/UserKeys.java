package io.riskstream.pipeline.rebuild;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.state.rocksdb.RocksDBKeyedStateBackend;

/**
 * The users of a task as they were when it was made, one after another, while the state goes on to
 * change. RocksDB's iterator keeps a view of its own; the heap's would notice the change and fail,
 * bare or wrapped, so the keys of all but RocksDB are listed first. In batch there are none:
 * documents come before the first user.
 */
public final class UserKeys implements AutoCloseable {
  private final Stream<String> stream;
  private final Iterator<String> keys;

  private UserKeys(Stream<String> stream) {
    this.stream = stream;
    this.keys = stream.iterator();
  }

  @SuppressWarnings("unchecked") // the user operator's keys are user ids
  public static UserKeys of(KeyedStateBackend<?> backend, String state) {
    var keys = (Stream<String>) backend.getKeys(state, VoidNamespace.INSTANCE);
    if (!(backend instanceof RocksDBKeyedStateBackend)) {
      List<String> listed = keys.toList();
      return new UserKeys(listed.stream());
    }
    return new UserKeys(keys);
  }

  public boolean hasNext() {
    return keys.hasNext();
  }

  public String next() {
    return keys.next();
  }

  @Override
  public void close() {
    stream.close();
  }
}
