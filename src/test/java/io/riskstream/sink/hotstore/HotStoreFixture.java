package io.riskstream.sink.hotstore;

import io.riskstream.config.HotStoreConfig;
import io.riskstream.model.ControlDocument;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.HotUpdate;
import io.riskstream.server.EmbeddedRedis;
import io.riskstream.sink.control.ControlPublisher;
import io.riskstream.sink.hotstore.redis.RedisStore;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.FakeWriterContext;
import io.riskstream.testkit.RecordedMetrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import redis.clients.jedis.Jedis;

/** A real Redis, and the writers of one test, each in a Flink of its own. */
final class HotStoreFixture implements AutoCloseable {
  /** Longer than any test may take: what waits for it never comes back in time. */
  static final Duration FOR_EVER = Duration.ofDays(1);

  final EmbeddedRedis redis;
  final RecordedControl control;

  HotStoreFixture() throws IOException {
    this(null);
  }

  /** Starts a Redis that keeps its data in the folder. */
  HotStoreFixture(Path dataFolderOrNull) throws IOException {
    redis = EmbeddedRedis.start(0, dataFolderOrNull);
    control = new RecordedControl(redis.port());
  }

  /** Returns a configuration that waits for ever and has room for everything. */
  HotStoreConfig config() {
    return config(redis.uri().toString(), 100_000, FOR_EVER);
  }

  HotStoreConfig config(String uri, int bufferSize, Duration drainTimeout) {
    return new HotStoreConfig(
        uri, bufferSize, 50, FOR_EVER, drainTimeout, 1, Duration.ofHours(1), 1_000);
  }

  Writer start() throws IOException {
    return start(config(), List.of());
  }

  Writer start(HotStoreConfig config, Collection<UpdateChunk> restored) throws IOException {
    var context = new FakeWriterContext(redis.port());
    return new Writer(
        new HotStoreSink(config, control, Duration.ZERO).restoreWriter(context, restored), context);
  }

  /** Starts a writer that waits so long for an answer. */
  Writer startWithPatience(Duration answerTimeout) {
    var context = new FakeWriterContext(redis.port());
    return new Writer(
        HotStoreWriter.start(config(), control, Duration.ZERO, context, List.of(), answerTimeout),
        context);
  }

  /** Starts a writer that logs in as {@code [user]:password}. */
  Writer startAs(String credentials) throws IOException {
    return start(
        config("redis://" + credentials + "@127.0.0.1:" + redis.port(), 100, FOR_EVER), List.of());
  }

  /** Whether the writer's thread is inside a write. */
  boolean isWriting() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().endsWith("writer-" + redis.port()))
        .flatMap(thread -> Arrays.stream(thread.getValue()))
        .anyMatch(frame -> frame.getClassName().equals(RedisStore.class.getName()));
  }

  /** Returns the connections of the writers, each by its number. */
  Set<String> clients() {
    return ask(jedis -> jedis.clientList())
        .lines()
        .filter(client -> !client.contains("cmd=client|list"))
        .map(client -> client.split(" ", 2)[0])
        .collect(Collectors.toSet());
  }

  Map<String, String> hash(String userId) {
    return ask(jedis -> jedis.hgetAll("risk:user:{" + userId + "}"));
  }

  /** Returns the user's version in Redis, or null. */
  String version(String userId) {
    return hash(userId).get("version");
  }

  /** Returns how many users Redis holds. */
  long users() {
    return ask(jedis -> (long) jedis.keys("risk:user:*").size());
  }

  <T> T ask(Function<Jedis, T> question) {
    try (var jedis = new Jedis(redis.uri())) {
      return question.apply(jedis);
    }
  }

  @Override
  public void close() {
    redis.close();
  }

  /** Keeps the documents of the test that has this port; shipped by value, like the real one. */
  record RecordedControl(int port) implements ControlPublisher {
    private static final Map<Integer, Queue<HotRebuild>> PUBLISHED = new ConcurrentHashMap<>();
    private static final Set<Integer> AWAY = ConcurrentHashMap.newKeySet();

    @Override
    public void publish(ControlDocument document) throws IOException {
      if (AWAY.contains(port)) {
        throw new IOException("Kafka is away");
      }
      published().add((HotRebuild) document);
    }

    Queue<HotRebuild> published() {
      return PUBLISHED.computeIfAbsent(port, key -> new ConcurrentLinkedQueue<>());
    }

    void goAway() {
      AWAY.add(port);
    }

    void comeBack() {
      AWAY.remove(port);
    }
  }

  /** A writer, with what Flink would see of it. */
  record Writer(StatefulSinkWriter<HotUpdate, UpdateChunk> sink, FakeWriterContext context)
      implements AutoCloseable {

    void write(HotUpdate... updates) throws Exception {
      for (var update : updates) {
        sink.write(update, null);
      }
    }

    void checkpoint() throws Exception {
      sink.flush(false);
    }

    void endInput() throws Exception {
      sink.flush(true);
    }

    List<HotUpdate> state() throws IOException {
      return sink.snapshotState(1).stream().flatMap(chunk -> chunk.updates().stream()).toList();
    }

    RecordedMetrics metrics() {
      return context.metricGroup();
    }

    void awaitDegraded() {
      Await.until("degraded", () -> metrics().gauge("hotStoreDegraded") == 1);
    }

    void awaitRecovered() {
      Await.until("no trouble", () -> metrics().gauge("hotStoreTrouble") == 0);
    }

    @Override
    public void close() throws Exception {
      sink.close();
    }
  }
}
