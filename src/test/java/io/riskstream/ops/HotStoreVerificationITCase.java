package io.riskstream.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Verification finds and names what is wrong, missing or stale in Redis. */
final class HotStoreVerificationITCase extends VerificationStory {
  @Test
  void findsAChangedValueInRedis() throws Exception {
    outputs.hashes.get("risk:user:{alice}").put("score", "0.900001");
    assertThat(verdict()).contains("FAIL", "redis_users=2", "redis_stale=1 ");
    assertThat(printed())
        .contains("risk:user:{alice} in Redis: score: expected 0.900000, found 0.900001");
  }

  @Test
  void findsProvenanceThatCannotBe() throws Exception {
    outputs.hashes.get("risk:user:{alice}").put("as_of", "17");
    outputs.hashes.get("risk:user:{bob}").put("version", "1-1-1-1");
    assertThat(verdict()).contains("FAIL", "redis_users=2", "redis_stale=2 ");
    assertThat(printed()).contains("as_of: expected ", "version: expected ");
  }

  @Test
  void findsAUserMissingInRedis() throws Exception {
    outputs.hashes.remove("risk:user:{bob}");
    assertThat(verdict()).contains("FAIL", "redis_users=1", "redis_stale=1 ");
    assertThat(printed()).contains("missing: risk:user:{bob}");
  }

  @Test
  void findsAUserInRedisWhoNeverWas() throws Exception {
    outputs.hashes.put("risk:user:{mallory}", Map.of("score", "0.000000"));
    assertThat(verdict()).contains("FAIL", "redis_users=3", "redis_stale=1 ");
    assertThat(printed()).contains("unexpected: risk:user:{mallory}");
  }

  @Test
  void findsAUserMissingInTheTop() throws Exception {
    outputs.top.remove("alice");
    assertThat(verdict()).contains("FAIL", "redis_top=0", "redis_stale=1 ");
    assertThat(printed()).contains("missing: alice");
  }

  @Test
  void findsAStaleScoreAndAStrangerInTheTop() throws Exception {
    outputs.top.put("alice", 0.8);
    outputs.top.put("bob", 0.9);
    assertThat(verdict()).contains("FAIL", "redis_top=2", "redis_stale=2 ");
    assertThat(printed())
        .contains("alice in risk:top: score: expected 0.9, found 0.8", "unexpected: bob");
  }

  @Test
  void findsAnAlertMissingInRedisAndInTheIndexOnly() throws Exception {
    var id = outputs.hotAlerts.keySet().iterator().next();
    outputs.alertIndex.remove(id);
    assertThat(verdict()).contains("FAIL", "redis_alerts=2", "redis_stale=1 ");
    assertThat(printed()).contains("missing: " + id + " in risk:alerts");
    outputs.hotAlerts.remove(id);
    assertThat(verdict(rewrittenHotStore(), MANIFEST))
        .contains("FAIL", "redis_alerts=1", "redis_stale=1 ");
    assertThat(printed()).contains("missing: risk:alert:{" + id + "}");
  }

  @Test
  void findsAnAlertInRedisThatSaysSomethingElseOrIsNobodys() throws Exception {
    var id = outputs.hotAlerts.keySet().iterator().next();
    outputs.hotAlerts.get(id).put("score", "0.7");
    outputs.hotAlerts.put("nobodys", Map.of("version", "0000000000-0000000000-0000000000"));
    outputs.alertIndex.put("nobodys", 1.0);
    assertThat(verdict()).contains("FAIL", "redis_alerts=3", "redis_stale=3 ");
    assertThat(printed())
        .contains(
            "found 0.7",
            "risk:alert:{nobodys} is no alert of the topic",
            "nobodys in risk:alerts is no alert of the topic");
  }

  @Test
  void missesNoAlertInRedisThatWasRaisedBeforeItWasEmptied() throws Exception {
    outputs.hotAlerts.clear();
    outputs.alertIndex.clear();
    outputs.pipeline.put("alerts_since", "4102444800000");
    assertThat(verdict()).contains("PASS", "redis_alerts=0", "redis_stale=0 ");
  }

  @Test
  void findsAPipelineThatIsDegradedOrBehindOrAbsent() throws Exception {
    outputs.pipeline.put("degraded", "1");
    outputs.pipeline.put("watermark", Long.toString(NOON));
    outputs.pipeline.remove("heartbeat");
    assertThat(verdict()).contains("FAIL", "redis_stale=3 ");
    assertThat(printed())
        .contains("degraded: expected 0, found 1", "watermark: expected ", "heartbeat: expected ");
    outputs.pipeline.clear();
    assertThat(verdict(rewrittenHotStore(), MANIFEST)).contains("FAIL", "redis_stale=1 ");
    assertThat(printed()).contains("missing: risk:pipeline");
  }

  @Test
  void findsStaleAndMissingAndUnknownWindowsInRedis() throws Exception {
    outputs.hotWindows.get("risk:window:{5m/1m:failed_login}").put("distinct_users", "2");
    outputs.hotWindows.remove("risk:window:{1m/30s:page_view}");
    outputs.hotWindows.put("risk:window:{5m/1m:nonsense}", Map.of("count", "1"));
    assertThat(verdict()).contains("FAIL", "redis_stale=3 ", "missing=0 double=0 different=0");
    assertThat(printed())
        .contains(
            "distinct_users: expected 1, found 2",
            "missing: risk:window:{1m/30s:page_view}",
            "unexpected: risk:window:{5m/1m:nonsense}");
  }

  @Test
  void findsThatRedisDoesNotShowTheLastRevisionOfAnAlert() throws Exception {
    var id = outputs.hotAlerts.keySet().iterator().next();
    outputs.hotAlerts.get(id).put("revision", "0");
    outputs.hotAlerts.get(id).put("status", "raised");
    assertThat(verdict()).contains("FAIL", "redis_stale=1 ");
    assertThat(printed()).contains("revision: expected 1, found 0");
  }
}
