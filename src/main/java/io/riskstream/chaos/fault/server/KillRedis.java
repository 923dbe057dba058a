package io.riskstream.chaos.fault.server;

import io.riskstream.chaos.fault.Fault;
import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import redis.clients.jedis.Jedis;

/** Redis dies at once; at the end it is there again, empty or with what it had some time before. */
public final class KillRedis implements Fault {
  /** What it has when it is back. */
  public enum Back {
    EMPTY,
    OLD_DATA
  }

  private static final Duration AGE_OF_OLD_DATA = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final long POLL_MILLIS = 100;
  private static final String DUMP = "dump.rdb";
  private static final String PIPELINE = "risk:pipeline";
  private static final String REBUILT = "hot_rebuilt";

  private final Back back;
  private String formerRunId;
  private long changesSinceSaved;
  private long withoutServerBefore;
  private long withoutServer;
  private long keysWhenBack = -1;

  public KillRedis(Back back) {
    this.back = back;
  }

  @Override
  public void strike(Stage stage) throws IOException, InterruptedException {
    try (var redis = new Jedis(stage.redis().uri())) {
      formerRunId = info(redis, "server", "run_id");
      if (back == Back.OLD_DATA) {
        redis.save();
        Files.copy(dump(stage), oldDump(stage), StandardCopyOption.REPLACE_EXISTING);
        awaitChanges(redis);
      }
    }
    withoutServerBefore = stage.redisProxy().withoutServer();
    stage.redis().crash();
  }

  @Override
  public void end(Stage stage) throws IOException {
    if (formerRunId == null || keysWhenBack >= 0) {
      return;
    }
    withoutServer = stage.redisProxy().withoutServer() - withoutServerBefore;
    Files.deleteIfExists(dump(stage));
    if (back == Back.OLD_DATA) {
      Files.copy(oldDump(stage), dump(stage));
    }
    // Nobody of the job may write before it was looked at.
    stage.redisProxy().cut();
    stage.redis().startAgain();
    try (var redis = new Jedis(stage.redis().uri())) {
      keysWhenBack = redis.dbSize();
    }
    stage.redisProxy().heal();
  }

  @Override
  public Proof proof(Stage stage) throws InterruptedException {
    if (keysWhenBack < 0) {
      return new Proof.Missing("Redis was not killed and started again");
    }
    try (var redis = new Jedis(stage.redis().uri())) {
      var rebuilt = awaitRebuilt(redis);
      var isAnother = !info(redis, "server", "run_id").equals(formerRunId);
      var isBackAsWanted = (keysWhenBack == 0) == (back == Back.EMPTY);
      return Proof.of(
          isAnother && isBackAsWanted && withoutServer > 0 && rebuilt > 0,
          "Redis killed, %d connections of the job found none; back %s, %d users written again"
              .formatted(
                  withoutServer,
                  keysWhenBack == 0
                      ? "empty"
                      : "with %d keys, %d changes old".formatted(keysWhenBack, changesSinceSaved),
                  rebuilt));
    }
  }

  private void awaitChanges(Jedis redis) throws IOException, InterruptedException {
    var startNanos = System.nanoTime();
    while (System.nanoTime() - startNanos < AGE_OF_OLD_DATA.toNanos() || changesSinceSaved == 0) {
      if (System.nanoTime() - startNanos > PATIENCE.toNanos()) {
        throw new IOException("nobody writes to Redis, so that its data does not become old");
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
      changesSinceSaved = Long.parseLong(info(redis, "persistence", "rdb_changes_since_last_save"));
    }
  }

  /** Of the job's own hash, whose other writers have been told to show all users again. */
  private static long awaitRebuilt(Jedis redis) throws InterruptedException {
    var startNanos = System.nanoTime();
    while (true) {
      var rebuilt = redis.hget(PIPELINE, REBUILT);
      var users = rebuilt == null || rebuilt.equals("-") ? 0 : Long.parseLong(rebuilt);
      if (users > 0 || System.nanoTime() - startNanos > PATIENCE.toNanos()) {
        return users;
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
  }

  private static String info(Jedis redis, String section, String field) {
    return redis
        .info(section)
        .lines()
        .filter(line -> line.startsWith(field + ":"))
        .map(line -> line.substring(field.length() + 1).strip())
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("Redis does not say its " + field));
  }

  private static Path dump(Stage stage) {
    return stage.redisFolder().resolve(DUMP);
  }

  private static Path oldDump(Stage stage) {
    return stage.redisFolder().resolve("old-" + DUMP);
  }
}
