package io.riskstream.sink.hotstore.redis;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/**
 * Takes out of the index and its hashes the alerts of a writer's own users that a run before this
 * one raised, that were not committed when it died, and that the replay did not raise again: their
 * bucket is behind the finality line, and they are not final. Of others' users it cannot tell which
 * run raised an alert, as the tasks of a run do not begin it, and number it, at the same time. For
 * one use, by the thread that writes.
 */
final class GhostAlerts {
  private static final int PAGE = 500;
  private static final Long NOT_OURS = 0L;
  private static final Long GHOST = 1L;
  private static final Long UNDECIDED = 2L;

  /** What a pass over the index has found. */
  record Found(int removed, int undecided) {}

  private final Connection connection;
  private final Map<Script, String> hashes;
  private final Predicate<String> isOwnUser;
  private final String leastVersion;
  private final String line;

  /**
   * @param isOwnUser whether the writer is told of the user's alerts
   * @param leastVersion of this run's alerts of these users
   * @param lineMillis the finality line, epoch milliseconds
   */
  GhostAlerts(
      Connection connection,
      Map<Script, String> hashes,
      Predicate<String> isOwnUser,
      String leastVersion,
      long lineMillis) {
    this.connection = connection;
    this.hashes = hashes;
    this.isOwnUser = isOwnUser;
    this.leastVersion = leastVersion;
    this.line = Long.toString(lineMillis);
  }

  /** Goes through the index once. */
  Found remove() {
    var removed = 0;
    var undecided = 0;
    for (var from = 0; ; ) {
      var page = page(from);
      var answers = run(Script.GHOST_ALERT, page, alert -> judgement(alert, "0"));
      from += page.size();
      for (var at = 0; at < page.size(); at++) {
        var verdict = verdict(answers.get(at));
        if (verdict.equals(UNDECIDED)) {
          undecided++;
        } else if (verdict.equals(GHOST)) {
          remove(page.get(at));
          removed++;
          from--; // those behind it have moved up
        }
      }
      if (page.size() < PAGE) {
        return new Found(removed, undecided);
      }
    }
  }

  /** Returns what is to be done with an alert: nothing unless it is of an own user. */
  private Long verdict(Object answer) {
    return answer instanceof List<?> judged && isOwnUser.test(text(judged.get(1)))
        ? (Long) judged.get(0)
        : NOT_OURS;
  }

  /** First from the index: an alert there without a hash would never be judged again. */
  private void remove(String ghost) {
    run(Script.UNINDEX_ALERT, List.of(ghost), id -> new Call(HotKeys.ALERTS, List.of(id)));
    run(Script.GHOST_ALERT, List.of(ghost), id -> judgement(id, "1"));
  }

  private Call judgement(String alert, String removal) {
    return new Call(HotKeys.alert(alert), List.of(leastVersion, line, removal));
  }

  private List<String> page(int from) {
    var span = List.of(Integer.toString(from), Integer.toString(from + PAGE - 1));
    var answers = run(Script.INDEXED_ALERTS, List.of(span), all -> new Call(HotKeys.ALERTS, all));
    return ((List<?>) answers.get(0)).stream().map(GhostAlerts::text).toList();
  }

  private <T> List<Object> run(Script script, List<T> subjects, Function<T, Call> call) {
    // Not closed: that would close the connection with it.
    @SuppressWarnings("resource")
    var pipeline = new Pipeline(connection, false);
    for (var subject : subjects) {
      var one = call.apply(subject);
      pipeline.evalsha(hashes.get(script), List.of(one.key), one.arguments);
    }
    var replies = pipeline.syncAndReturnAll();
    for (var reply : replies) {
      if (reply instanceof JedisException failure) {
        throw failure;
      }
    }
    return replies;
  }

  private static String text(Object answer) {
    return answer instanceof byte[] bytes ? SafeEncoder.encode(bytes) : answer.toString();
  }

  private record Call(String key, List<String> arguments) {}
}
