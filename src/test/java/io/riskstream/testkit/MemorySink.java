package io.riskstream.testkit;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.SinkWriter;
import org.apache.flink.api.connector.sink2.WriterInitContext;

/**
 * Takes all elements into this JVM's memory, under a name, because Flink ships the sink by value.
 */
public final class MemorySink<T> implements Sink<T> {
  private static final long serialVersionUID = 1L;
  private static final Map<String, Queue<Object>> TAKEN = new ConcurrentHashMap<>();

  private final String name;

  /** Makes a sink under a name that no other one has until its elements are asked for. */
  public MemorySink(String name) {
    this.name = name;
    TAKEN.put(name, new ConcurrentLinkedQueue<>());
  }

  /** Returns whether nothing has been taken yet. */
  public boolean isEmpty() {
    return TAKEN.get(name).isEmpty();
  }

  /** Returns the elements in no particular order, and lets go of them. */
  @SuppressWarnings("unchecked")
  public List<T> taken() {
    return (List<T>) List.copyOf(TAKEN.remove(name));
  }

  @Override
  public SinkWriter<T> createWriter(WriterInitContext context) {
    return new SinkWriter<>() {
      @Override
      public void write(T element, Context written) {
        TAKEN.get(name).add(element);
      }

      @Override
      public void flush(boolean endOfInput) {}

      @Override
      public void close() {}
    };
  }
}
