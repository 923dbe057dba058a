package io.riskstream.sink.hotstore;

import io.riskstream.model.UserSnapshot;
import java.io.IOException;
import java.net.Socket;
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
 * nothing. For one thread, but for {@link #abort}.
 */
final class RedisStore {
  /**
   * Versions are texts of one length whose order is their age, so the script needs no arithmetic.
   */
  private static final String COMPARE_AND_SET =
      """
      local held = redis.call('HGET', KEYS[1], 'version')
      if held and held > ARGV[1] then
        return 0
      end
      redis.call('HSET', KEYS[1], 'version', ARGV[1], unpack(ARGV, 2))
      return 1
      """;

  private static final int TIMEOUT_MILLIS = 2_000;

  private final RedisAddress address;
  private Connection connection;
  private String script;
  private volatile Socket socket;
  private volatile boolean aborted;

  RedisStore(RedisAddress address) {
    this.address = address;
  }

  /**
   * What became of a batch.
   *
   * @param written let in by the store
   * @param refused kept out because the store holds a newer version
   * @param unwritten to be tried again
   * @param trouble why some are unwritten or the store is out of reach; null if all went well
   */
  record Result(
      List<UserSnapshot> written, int refused, List<UserSnapshot> unwritten, String trouble) {

    /** Nothing reached the store, or nobody knows whether it did. */
    static Result failed(List<UserSnapshot> batch, String trouble) {
      return new Result(List.of(), 0, batch, trouble);
    }
  }

  /**
   * Writes the batch, at most one snapshot a user; an empty one only connects.
   *
   * @throws IOException if no repetition can help; the message says the remedy
   */
  Result write(List<UserSnapshot> batch) throws IOException {
    try {
      open();
      var result = send(batch);
      if (result.scriptMissing) {
        loadScript();
        var again = send(result.unwritten);
        result.written.addAll(again.written);
        return new Result(
            result.written, result.refused + again.refused, again.unwritten, again.trouble);
      }
      return new Result(result.written, result.refused, result.unwritten, result.trouble);
    } catch (JedisDataException answered) {
      close();
      return Result.failed(batch, troubleOf(answered, "the connection"));
    } catch (JedisException unreachable) {
      close();
      return Result.failed(batch, address + " is out of reach: " + reasonOf(unreachable));
    }
  }

  /** Closes the connection; the next write opens a new one. */
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
      var config = address.clientConfig(TIMEOUT_MILLIS);
      var sockets = new DefaultJedisSocketFactory(address.hostAndPort(), config);
      connection = new Connection(() -> keep(sockets.createSocket()), config);
      loadScript();
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

  private Answers send(List<UserSnapshot> batch) throws IOException {
    var answers = new Answers();
    if (batch.isEmpty()) {
      return answers;
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
    return answers;
  }

  private String troubleOf(JedisDataException answered, String where) throws IOException {
    var error = RedisError.of(answered.getMessage());
    var message = where + " at " + address + ": " + address.redact(error.message());
    if (error.passes()) {
      return message;
    }
    throw new IOException("the hot store refuses " + message + "; " + error.remedy());
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

  /** The answers to one pipeline, sorted by what has to be done next. */
  private final class Answers {
    private final List<UserSnapshot> written = new ArrayList<>();
    private final List<UserSnapshot> unwritten = new ArrayList<>();
    private int refused;
    private String trouble;
    private boolean scriptMissing;

    void add(UserSnapshot snapshot, Object reply) throws IOException {
      if (reply instanceof JedisDataException answered) {
        unwritten.add(snapshot);
        if (RedisError.of(answered.getMessage()).isScriptMissing()) {
          scriptMissing = true;
          trouble = address + " has lost the script";
        } else {
          trouble = troubleOf(answered, UserHash.key(snapshot));
        }
      } else if (reply instanceof JedisException failure) {
        throw failure;
      } else if (Long.valueOf(1).equals(reply)) {
        written.add(snapshot);
      } else {
        refused++;
      }
    }
  }
}
