package io.riskstream.sink.hotstore.redis;

import io.riskstream.model.HotUpdate;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/**
 * One connection to Redis, opened when it is needed; writes a batch in one or two round trips, and
 * each key in one step: a newer or equally new version replaces all fields, an older one changes
 * nothing. Whatever Redis answers is trouble that may pass, but for a refusal of the first
 * connection. For one thread, but for {@link #abort}.
 */
public final class RedisStore {
  private static final Logger LOG = LoggerFactory.getLogger(RedisStore.class);
  private static final String RUN_ID = "run_id:";

  private final RedisAddress address;
  private final int timeoutMillis;
  private final AlertLimits limits;
  private final Map<Script, String> hashes = new EnumMap<>(Script.class);
  private boolean wasConnected;
  private boolean beatWasRejected;

  /** Of the server at the other end of the connection; empty where it does not tell. */
  private String runId = "";

  private Connection connection;
  private volatile Socket socket;
  private volatile boolean aborted;

  /**
   * Makes the store; the first write connects.
   *
   * @param answerTimeout after which a silent Redis counts as out of reach
   */
  public RedisStore(RedisAddress address, Duration answerTimeout, AlertLimits limits) {
    this.address = address;
    this.limits = limits;
    timeoutMillis = Math.toIntExact(answerTimeout.toMillis());
  }

  /**
   * Writes the batch, at most one update a key; an empty one only connects.
   *
   * @param beatOrNull sent before it
   * @throws IOException if Redis refuses the first connection; the message says the remedy
   */
  public Result write(List<HotUpdate> batch, Beat beatOrNull) throws IOException {
    try {
      open();
      var writing = new BatchWrite(connection, hashes, limits, address.toString(), address::redact);
      var storeId = beatOrNull == null ? null : beat(beatOrNull, writing);
      writing.write(batch);
      if (writing.isScriptMissing()) {
        loadScripts();
        writing.write(writing.takeUnwritten());
      }
      var result = writing.result(storeId);
      if (result.trouble() != null) {
        close();
      }
      return result;
    } catch (JedisDataException answered) {
      close();
      return Result.failed(batch, refusal(RedisError.of(answered.getMessage())));
    } catch (JedisException unreachable) {
      close();
      var reason = address + " is out of reach: " + reasonOf(unreachable);
      return Result.failed(batch, new Trouble("UNREACHABLE", reason));
    }
  }

  /**
   * Removes the alerts that runs before this one raised and that no run will end any more.
   *
   * @param isOwnUser whether this writer is told of the user's alerts
   * @param leastVersion of this run's alerts of these users
   * @param lineMillis the finality line, epoch milliseconds
   * @return how many of former runs' alerts may still be ended, or become such ghosts; -1 if the
   *     store is not connected or did not answer, which the next write will meet as well
   */
  public int removeGhosts(Predicate<String> isOwnUser, String leastVersion, long lineMillis) {
    if (connection == null) {
      return -1;
    }
    try {
      var found = new GhostAlerts(connection, hashes, isOwnUser, leastVersion, lineMillis).remove();
      if (found.removed() > 0) {
        LOG.info("removed {} alerts that a run before had not committed", found.removed());
      }
      return found.undecided();
    } catch (JedisException troubled) {
      close();
      return -1;
    }
  }

  /** Closes the connection; the next write resolves the name anew and opens another. */
  public void close() {
    connection = null;
    closeSocket();
  }

  /** Ends a write that another thread is in, and all later ones. */
  public void abort() {
    aborted = true;
    closeSocket();
  }

  private void open() {
    if (connection == null) {
      var config = address.clientConfig(timeoutMillis);
      var sockets = new DefaultJedisSocketFactory(address.hostAndPort(), config);
      connection = new Connection(() -> keep(sockets.createSocket()), config);
      loadScripts();
      runId = readRunId();
      if (!wasConnected) {
        tryScripts();
        wasConnected = true;
      }
    }
  }

  /** Keeps the socket, so that even a login can be aborted. */
  private Socket keep(Socket created) {
    socket = created;
    if (aborted) {
      closeSocket();
    }
    return created;
  }

  private void loadScripts() {
    for (var script : Script.values()) {
      connection.sendCommand(Protocol.Command.SCRIPT, "LOAD", script.text());
      hashes.put(script, connection.getBulkReply());
    }
  }

  /**
   * Returns what names this life of the server: one that comes back, or that another one has taken
   * the place of, may hold older data under the same id.
   */
  private String readRunId() {
    connection.sendCommand(Protocol.Command.INFO, "server");
    return connection
        .getBulkReply()
        .lines()
        .filter(line -> line.startsWith(RUN_ID))
        .map(line -> line.substring(RUN_ID.length()).strip())
        .findFirst()
        .orElse("");
  }

  /** Runs the scripts without writing, so that lacking permissions show at once. */
  private void tryScripts() {
    for (var script : Script.values()) {
      try {
        run(script, HotKeys.toTryOut(script), List.of());
      } catch (JedisDataException answered) {
        if (!RedisError.of(answered.getMessage()).concernsOneKey()) {
          throw answered;
        }
      }
    }
  }

  private Object run(Script script, List<String> keys, List<String> arguments) {
    var command = new String[2 + keys.size() + arguments.size()];
    command[0] = hashes.get(script);
    command[1] = Integer.toString(script.keys());
    for (var index = 0; index < keys.size(); index++) {
      command[2 + index] = keys.get(index);
    }
    for (var index = 0; index < arguments.size(); index++) {
      command[2 + keys.size() + index] = arguments.get(index);
    }
    connection.sendCommand(Protocol.Command.EVALSHA, command);
    return connection.getOne();
  }

  /** Returns the store's id; null where another's value stands in the way, which is said once. */
  private String beat(Beat beat, BatchWrite writing) {
    try {
      var keys = HotKeys.toTryOut(Script.BEAT);
      Object answer;
      try {
        answer = run(Script.BEAT, keys, beat.arguments());
      } catch (JedisDataException answered) {
        if (!RedisError.of(answered.getMessage()).isScriptMissing()) {
          throw answered;
        }
        loadScripts();
        answer = run(Script.BEAT, keys, beat.arguments());
      }
      beatWasRejected = false;
      return SafeEncoder.encode((byte[]) answer) + "/" + runId;
    } catch (JedisDataException answered) {
      var error = RedisError.of(answered.getMessage());
      if (!error.concernsOneKey()) {
        throw answered;
      }
      if (!beatWasRejected) {
        beatWasRejected = true;
        writing.reject(HotKeys.PIPELINE, error);
      }
      return null;
    }
  }

  /** What is wrong with the connection; a mistake in the configuration if it never was right. */
  private Trouble refusal(RedisError error) throws IOException {
    var message = "the connection at " + address + ": " + address.redact(error.withRemedy());
    if (wasConnected || error.passes() || error.isScriptMissing()) {
      return new Trouble(error.code(), message);
    }
    throw new IOException("the hot store refuses " + message);
  }

  private String reasonOf(Exception failure) {
    var reason = new StringBuilder(String.valueOf(failure.getMessage()));
    for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
      reason.append(": ").append(cause.getMessage());
    }
    return address.redact(reason.toString());
  }

  /** Not the connection, whose own closing would wait for a full send buffer. */
  private void closeSocket() {
    var closing = socket;
    if (closing != null) {
      try {
        closing.close();
      } catch (IOException alreadyGone) {
        // There is nothing left to close.
      }
    }
  }
}
