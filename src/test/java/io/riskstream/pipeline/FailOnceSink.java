package io.riskstream.pipeline;

import io.riskstream.config.RiskstreamConfig;
import io.riskstream.sink.control.ControlTopic;
import io.riskstream.sink.hotstore.HotStoreSink;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.connector.sink2.Sink;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import org.apache.flink.api.connector.sink2.SupportsWriterState;
import org.apache.flink.api.connector.sink2.WriterInitContext;
import org.apache.flink.core.io.SimpleVersionedSerializer;

/**
 * A sink in front of another that fails its task once: while it writes, after some checkpoints have
 * been taken. Static, because Flink ships the sink by value; one test at a time may use it.
 */
final class FailOnceSink<T, S> implements Sink<T>, SupportsWriterState<T, S> {
  private static final long serialVersionUID = 1L;
  private static final AtomicInteger CHECKPOINTS_LEFT = new AtomicInteger();
  private static final AtomicInteger FAILURES = new AtomicInteger();
  private static final AtomicInteger RESTORES = new AtomicInteger();

  private final SupportsWriterState<T, S> inner;

  private FailOnceSink(SupportsWriterState<T, S> inner) {
    this.inner = inner;
  }

  /** Returns the production edges, but for a hot store that fails after that many checkpoints. */
  static Edges edges(RiskstreamConfig config, int checkpoints) {
    var edges = PipelineJob.edges(config);
    return new Edges(
        edges.in(),
        edges.lake(),
        edges.seals(),
        after(
            checkpoints,
            new HotStoreSink(
                config.hotStore(),
                new ControlTopic(config.kafka()),
                config.time().allowedLateness())),
        edges.hotWindows(),
        edges.kafka(),
        edges.observers());
  }

  /** Arms the failure: it comes with the first write after that many snapshots of the state. */
  private static <T, S, K extends Sink<T> & SupportsWriterState<T, S>> FailOnceSink<T, S> after(
      int checkpoints, K inner) {
    CHECKPOINTS_LEFT.set(checkpoints);
    FAILURES.set(0);
    RESTORES.set(0);
    return new FailOnceSink<>(inner);
  }

  /** Lets the failure come with the next write. */
  static void failNow() {
    CHECKPOINTS_LEFT.set(0);
  }

  static int failures() {
    return FAILURES.get();
  }

  /** Returns how many writers were started from a checkpoint. */
  static int restores() {
    return RESTORES.get();
  }

  @Override
  public StatefulSinkWriter<T, S> createWriter(WriterInitContext context) throws IOException {
    return wrap(inner.restoreWriter(context, List.of()));
  }

  @Override
  public StatefulSinkWriter<T, S> restoreWriter(WriterInitContext context, Collection<S> state)
      throws IOException {
    RESTORES.incrementAndGet();
    return wrap(inner.restoreWriter(context, state));
  }

  @Override
  public SimpleVersionedSerializer<S> getWriterStateSerializer() {
    return inner.getWriterStateSerializer();
  }

  private static <T, S> StatefulSinkWriter<T, S> wrap(StatefulSinkWriter<T, S> writer) {
    return new StatefulSinkWriter<>() {
      @Override
      public void write(T element, Context context) throws IOException, InterruptedException {
        writer.write(element, context);
        if (CHECKPOINTS_LEFT.get() <= 0 && FAILURES.compareAndSet(0, 1)) {
          throw new IOException("injected by the test");
        }
      }

      @Override
      public void writeWatermark(Watermark watermark) throws IOException, InterruptedException {
        writer.writeWatermark(watermark);
      }

      @Override
      public void flush(boolean endOfInput) throws IOException, InterruptedException {
        writer.flush(endOfInput);
      }

      @Override
      public List<S> snapshotState(long checkpointId) throws IOException {
        CHECKPOINTS_LEFT.decrementAndGet();
        return writer.snapshotState(checkpointId);
      }

      @Override
      public void close() throws Exception {
        writer.close();
      }
    };
  }
}
