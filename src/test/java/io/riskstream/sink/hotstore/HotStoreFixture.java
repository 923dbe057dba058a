package io.riskstream.sink.hotstore;

import io.riskstream.config.HotStoreConfig;
import io.riskstream.demo.EmbeddedRedis;
import io.riskstream.model.UserSnapshot;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.FakeWriterContext;
import io.riskstream.testkit.RecordedMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.flink.api.connector.sink2.StatefulSinkWriter;
import redis.clients.jedis.Jedis;

/** A real Redis, and the writers of one test, each in a Flink of its own. */
final class HotStoreFixture implements AutoCloseable {
  /** Longer than any test may take: what waits for it never comes back in time. */
  static final Duration FOR_EVER = Duration.ofDays(1);

  final EmbeddedRedis redis;

  HotStoreFixture() throws IOException {
    redis = EmbeddedRedis.start(0);
  }

  /** Returns a configuration that waits for ever and has room for everything. */
  HotStoreConfig config() {
    return config(redis.uri().toString(), 100_000, FOR_EVER);
  }

  HotStoreConfig config(String uri, int bufferSize, Duration drainTimeout) {
    return new HotStoreConfig(uri, bufferSize, 50, FOR_EVER, drainTimeout, 1);
  }

  Writer start() throws IOException {
    return start(config(), List.of());
  }

  Writer start(HotStoreConfig config, Collection<SnapshotChunk> restored) throws IOException {
    var context = new FakeWriterContext(redis.port());
    return new Writer(new HotStoreSink(config).restoreWriter(context, restored), context);
  }

  /** Starts a writer that waits so long for an answer. */
  Writer startWithPatience(Duration answerTimeout) {
    var context = new FakeWriterContext(redis.port());
    return new Writer(HotStoreWriter.start(config(), context, List.of(), answerTimeout), context);
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
    return ask(jedis -> jedis.dbSize());
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

  /** A writer, with what Flink would see of it. */
  record Writer(StatefulSinkWriter<UserSnapshot, SnapshotChunk> sink, FakeWriterContext context)
      implements AutoCloseable {

    void write(UserSnapshot... snapshots) throws Exception {
      for (var snapshot : snapshots) {
        sink.write(snapshot, null);
      }
    }

    void checkpoint() throws Exception {
      sink.flush(false);
    }

    void endInput() throws Exception {
      sink.flush(true);
    }

    List<UserSnapshot> state() throws IOException {
      return sink.snapshotState(1).stream().flatMap(chunk -> chunk.snapshots().stream()).toList();
    }

    RecordedMetrics metrics() {
      return context.metricGroup();
    }

    void awaitDegraded() {
      Await.until("degraded", () -> metrics().gauge("hotStoreDegraded") == 1);
    }

    void awaitRecovered() {
      Await.until("not degraded", () -> metrics().gauge("hotStoreDegraded") == 0);
    }

    @Override
    public void close() throws Exception {
      sink.close();
    }
  }
}
