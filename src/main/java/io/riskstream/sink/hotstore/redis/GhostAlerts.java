package io.riskstream.sink.hotstore.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Pipeline;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.util.SafeEncoder;

/**
 * Takes out of the index and its hashes the alerts that a run before this one raised, that were not
 * committed when it died, and that the replay did not raise again: their bucket is behind the
 * finality line, and they are not final. What this run wrote stays, also where it comes in between.
 * For one use.
 */
final class GhostAlerts {
  private static final int PAGE = 500;
  private static final Long GHOST = 1L;
  private static final Long UNDECIDED = 2L;

  /** What a pass over the index has found. */
  record Found(int removed, int undecided) {}

  private final Connection connection;
  private final Map<Script, String> hashes;
  private final AlertLimits limits;
  private final String leastVersion;
  private final String line;

  /**
   * @param leastVersion of this run's alerts
   * @param lineMillis the finality line, epoch milliseconds
   */
  GhostAlerts(
      Connection connection,
      Map<Script, String> hashes,
      AlertLimits limits,
      String leastVersion,
      long lineMillis) {
    this.connection = connection;
    this.hashes = hashes;
    this.limits = limits;
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
        if (answers.get(at).equals(UNDECIDED)) {
          undecided++;
        } else if (answers.get(at).equals(GHOST)) {
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

  /** First from the index, so that an alert that this run shows meanwhile is put back there. */
  private void remove(Indexed ghost) {
    var one = List.of(ghost);
    run(Script.UNINDEX_ALERT, one, alert -> new Call(HotKeys.ALERTS, List.of(alert.id)));
    if (!run(Script.GHOST_ALERT, one, alert -> judgement(alert, "1")).get(0).equals(GHOST)) {
      run(
          Script.ALERT_INDEX,
          one,
          alert -> new Call(HotKeys.ALERTS, limits.indexArguments(alert.id, alert.score)));
    }
  }

  private Call judgement(Indexed alert, String removal) {
    return new Call(HotKeys.alert(alert.id), List.of(leastVersion, line, removal));
  }

  private List<Indexed> page(int from) {
    var span = List.of(Integer.toString(from), Integer.toString(from + PAGE - 1));
    var answer =
        (List<?>)
            run(Script.INDEXED_ALERTS, List.of(span), all -> new Call(HotKeys.ALERTS, all)).get(0);
    var page = new ArrayList<Indexed>(answer.size() / 2);
    for (var at = 0; at < answer.size(); at += 2) {
      page.add(new Indexed(text(answer.get(at)), text(answer.get(at + 1))));
    }
    return page;
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

  private record Indexed(String id, String score) {}
}
