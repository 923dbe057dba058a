package io.riskstream.sink.hotstore.redis;

import io.riskstream.model.HotAlert;
import io.riskstream.model.HotUpdate;
import io.riskstream.model.HotWindow;
import io.riskstream.model.RebuildMark;
import io.riskstream.model.UserSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One batch on its way into Redis, in two round trips at most: the hashes, then the top and the
 * index for those whose hash says so. An update is written once both are done; one whose second
 * part failed is tried again as a whole, and the hash's mark sees to it that the second part then
 * comes again, whoever tries it. For one use.
 */
final class BatchWrite {
  /** That the hash was let in, and the top or the index has to be told. */
  private static final Long LET_IN_WITH_MORE = 2L;

  private static final Long KEPT_OUT = 0L;

  /** One script to run for an update. */
  private record Call(HotUpdate update, Script script, List<String> keys, List<String> arguments) {}

  private final Connection connection;
  private final Map<Script, String> hashes;
  private final AlertLimits limits;
  private final String place;
  private final UnaryOperator<String> redact;

  private final List<HotUpdate> written = new ArrayList<>();
  private final List<HotUpdate> unwritten = new ArrayList<>();
  private final List<RebuildMark> marks = new ArrayList<>();
  private final List<String> rejections = new ArrayList<>();
  private int refused;
  private Trouble trouble;
  private boolean scriptMissing;

  /**
   * @param hashes by which Redis knows the scripts
   * @param place of the Redis, without secrets
   */
  BatchWrite(
      Connection connection,
      Map<Script, String> hashes,
      AlertLimits limits,
      String place,
      UnaryOperator<String> redact) {
    this.connection = connection;
    this.hashes = hashes;
    this.limits = limits;
    this.place = place;
    this.redact = redact;
  }

  void write(List<? extends HotUpdate> batch) {
    var calls = new ArrayList<Call>(batch.size());
    for (var update : batch) {
      if (update instanceof UserSnapshot user) {
        var key = List.of(UserHash.key(user));
        calls.add(new Call(user, Script.USER, key, UserHash.arguments(user)));
      } else if (update instanceof HotAlert alert) {
        var key = List.of(HotKeys.alert(alert.alertId()));
        calls.add(new Call(alert, Script.ALERT, key, arguments(alert.version(), alert.fields())));
      } else if (update instanceof HotWindow window) {
        var key = List.of(HotKeys.window(window.name()));
        calls.add(
            new Call(window, Script.WINDOW, key, arguments(window.version(), window.fields())));
      } else if (update instanceof RebuildMark mark) {
        marks.add(mark);
      }
    }
    var further = new ArrayList<Call>();
    run(
        calls,
        (update, answer) -> {
          if (answer.equals(KEPT_OUT)) {
            refused++;
          } else {
            written.add(update);
            if (answer.equals(LET_IN_WITH_MORE)) {
              further.add(secondPart(update));
            }
          }
        });
    run(further, (update, answer) -> {});
    if (!unwritten.isEmpty()) {
      written.removeAll(unwritten);
    }
  }

  boolean isScriptMissing() {
    return scriptMissing;
  }

  /** Returns what is to be tried again, and forgets why. */
  List<HotUpdate> takeUnwritten() {
    var taken = new ArrayList<>(unwritten);
    unwritten.clear();
    trouble = null;
    scriptMissing = false;
    return taken;
  }

  /** A mark has come through when all before it has. */
  Result result(String storeIdOrNull) {
    (trouble == null ? written : unwritten).addAll(marks);
    return new Result(
        List.copyOf(written), refused, rejections, List.copyOf(unwritten), trouble, storeIdOrNull);
  }

  /** Hands on the answers to those calls that Redis has obeyed. */
  private void run(List<Call> calls, BiConsumer<HotUpdate, Object> answers) {
    if (calls.isEmpty()) {
      return;
    }
    // Not closed: that would close the connection with it.
    @SuppressWarnings("resource")
    var pipeline = new Pipeline(connection, false);
    for (var call : calls) {
      pipeline.evalsha(hashes.get(call.script()), call.keys(), call.arguments());
    }
    var replies = pipeline.syncAndReturnAll();
    for (var index = 0; index < calls.size(); index++) {
      if (replies.get(index) instanceof JedisDataException answered) {
        refuse(calls.get(index), RedisError.of(answered.getMessage()));
      } else if (replies.get(index) instanceof JedisException failure) {
        throw failure;
      } else {
        answers.accept(calls.get(index).update(), replies.get(index));
      }
    }
  }

  /** Notes that a key holds something else. */
  void reject(String key, RedisError error) {
    rejections.add(message(key, error));
  }

  private void refuse(Call call, RedisError error) {
    var key = call.keys().get(0);
    if (error.concernsOneKey()) {
      reject(key, error);
    } else {
      unwritten.add(call.update());
      scriptMissing |= error.isScriptMissing();
      trouble = new Trouble(error.code(), message(key, error));
    }
  }

  private String message(String key, RedisError error) {
    return key + " at " + place + ": " + redact.apply(error.withRemedy());
  }

  private Call secondPart(HotUpdate update) {
    if (update instanceof UserSnapshot user) {
      return new Call(
          user,
          Script.TOP,
          List.of(HotKeys.TOP, HotKeys.TOP_VERSIONS),
          UserHash.topArguments(user));
    }
    var alert = (HotAlert) update;
    return new Call(
        alert,
        Script.ALERT_INDEX,
        List.of(HotKeys.ALERTS),
        limits.indexArguments(alert.alertId(), Long.toString(alert.eventTimeMillis())));
  }

  private List<String> arguments(String version, Map<String, String> fields) {
    var arguments = new ArrayList<String>(2 + 2 * fields.size());
    arguments.add(version);
    arguments.add(Long.toString(limits.retention().toMillis()));
    fields.forEach(
        (field, value) -> {
          arguments.add(field);
          arguments.add(value);
        });
    return arguments;
  }
}
