package io.riskstream.sink.hotstore;

import io.riskstream.model.UserSnapshot;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One connection to Redis, opened when it is needed; writes a batch in one round trip, and each
 * hash in one step: a newer or equally new version replaces all fields, an older one changes
 * nothing. Whatever Redis answers is trouble that may pass, but for a refusal of the first
 * connection. For one thread, but for {@link #abort}.
 */
final class RedisStore {
  /**
   * Versions are texts of one length whose order is their age, so the script needs no arithmetic.
   * Without one it only reads.
   */
  private static final String COMPARE_AND_SET =
      """
      local held = redis.call('HGET', KEYS[1], 'version')
      if not ARGV[1] or (held and held > ARGV[1]) then
        return 0
      end
      redis.call('HSET', KEYS[1], 'version', ARGV[1], unpack(ARGV, 2))
      return 1
      """;

  private final RedisAddress address;
  private final int timeoutMillis;
  private boolean wasConnected;
  private Connection connection;
  private String script;
  private volatile Socket socket;
  private volatile boolean aborted;

  /**
   * Makes the store; the first write connects.
   *
   * @param answerTimeout after which a silent Redis counts as out of reach
   */
  RedisStore(RedisAddress address, Duration answerTimeout) {
    this.address = address;
    timeoutMillis = Math.toIntExact(answerTimeout.toMillis());
  }

  /**
   * Why the store cannot be written for now.
   *
   * @param kind Redis's error code, or a word of ours in its place
   * @param message with what to do, where somebody has to
   */
  record Trouble(String kind, String message) {}

  /**
   * What became of a batch.
   *
   * @param written let in by the store
   * @param refused kept out because the store holds a newer version
   * @param rejections for each snapshot that its key cannot hold, the key, why and what to do
   * @param unwritten to be tried again
   * @param trouble why some are unwritten or the store is out of reach; null if all went well
   */
  record Result(
      List<UserSnapshot> written,
      int refused,
      List<String> rejections,
      List<UserSnapshot> unwritten,
      Trouble trouble) {

    /** Nothing reached the store, or nobody knows whether it did. */
    static Result failed(List<UserSnapshot> batch, Trouble trouble) {
      return new Result(List.of(), 0, List.of(), batch, trouble);
    }
  }

  /**
   * Writes the batch, at most one snapshot a user; an empty one only connects.
   *
   * @throws IOException if Redis refuses the first connection; the message says the remedy
   */
  Result write(List<UserSnapshot> batch) throws IOException {
    try {
      open();
      var answers = new Answers();
      send(batch, answers);
      if (answers.scriptMissing) {
        loadScript();
        send(answers.takeUnwritten(), answers);
      }
      if (answers.trouble != null) {
        close();
      }
      return answers.result();
    } catch (JedisDataException answered) {
      close();
      return Result.failed(batch, refusal(RedisError.of(answered.getMessage())));
    } catch (JedisException unreachable) {
      close();
      var reason = address + " is out of reach: " + reasonOf(unreachable);
      return Result.failed(batch, new Trouble("UNREACHABLE", reason));
    }
  }

  /** Closes the connection; the next write resolves the name anew and opens another. */
  void close() {
    connection = null;
    closeSocket();
  }

  /** Ends a write that another thread is in, and all later ones. */
  void abort() {
    aborted = true;
    closeSocket();
  }

  private void open() {
    if (connection == null) {
      var config = address.clientConfig(timeoutMillis);
      var sockets = new DefaultJedisSocketFactory(address.hostAndPort(), config);
      connection = new Connection(() -> keep(sockets.createSocket()), config);
      loadScript();
      if (!wasConnected) {
        tryScript();
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

  private void loadScript() {
    connection.sendCommand(Protocol.Command.SCRIPT, "LOAD", COMPARE_AND_SET);
    script = connection.getBulkReply();
  }

  /** Runs the script without writing, so that lacking permissions show at once. */
  private void tryScript() {
    connection.sendCommand(Protocol.Command.EVALSHA, script, "1", UserHash.KEY_OF_NOBODY);
    try {
      connection.getIntegerReply();
    } catch (JedisDataException answered) {
      if (!RedisError.of(answered.getMessage()).concernsOneKey()) {
        throw answered;
      }
    }
  }

  private void send(List<UserSnapshot> batch, Answers answers) {
    if (batch.isEmpty()) {
      return;
    }
    // Not closed: that would close the connection with it.
    @SuppressWarnings("resource")
    var pipeline = new Pipeline(connection, false);
    for (var snapshot : batch) {
      pipeline.evalsha(
          script, List.of(UserHash.key(snapshot)), UserHash.versionAndFields(snapshot));
    }
    var replies = pipeline.syncAndReturnAll();
    for (var index = 0; index < batch.size(); index++) {
      answers.add(batch.get(index), replies.get(index));
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

  /** The answers to a batch, sorted by what has to be done next. */
  private final class Answers {
    private final List<UserSnapshot> written = new ArrayList<>();
    private final List<String> rejections = new ArrayList<>();
    private List<UserSnapshot> unwritten = new ArrayList<>();
    private int refused;
    private Trouble trouble;
    private boolean scriptMissing;

    void add(UserSnapshot snapshot, Object reply) {
      if (reply instanceof JedisDataException answered) {
        add(snapshot, RedisError.of(answered.getMessage()));
      } else if (reply instanceof JedisException failure) {
        throw failure;
      } else if (Long.valueOf(1).equals(reply)) {
        written.add(snapshot);
      } else {
        refused++;
      }
    }

    private void add(UserSnapshot snapshot, RedisError error) {
      var message =
          UserHash.key(snapshot) + " at " + address + ": " + address.redact(error.withRemedy());
      if (error.concernsOneKey()) {
        rejections.add(message);
      } else {
        unwritten.add(snapshot);
        scriptMissing |= error.isScriptMissing();
        trouble = new Trouble(error.code(), message);
      }
    }

    /** Forgets what went wrong, to try it again. */
    List<UserSnapshot> takeUnwritten() {
      var taken = unwritten;
      unwritten = new ArrayList<>();
      trouble = null;
      return taken;
    }

    Result result() {
      return new Result(written, refused, rejections, unwritten, trouble);
    }
  }
}
