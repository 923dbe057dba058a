package io.riskstream.demo.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.model.Alert;
import io.riskstream.model.HotAlert;
import io.riskstream.server.EmbeddedRedis;
import io.riskstream.testkit.SampleAlerts;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import redis.clients.jedis.Jedis;

/** What the demo's table shows of alerts that are in a real Redis. */
@Timeout(60)
class HotStoreViewITCase {
  private EmbeddedRedis redis;
  private Jedis jedis;
  private HotStoreView view;

  @BeforeEach
  void startRedis() throws Exception {
    redis = EmbeddedRedis.start(0);
    jedis = new Jedis(redis.uri());
    view = new HotStoreView(redis.uri());
  }

  @AfterEach
  void stopRedis() {
    view.close();
    jedis.close();
    redis.close();
  }

  @Test
  void showsWhatAnAlertWasJudgedOnTheNewestFirst() {
    store(SampleAlerts.raised("anna"));
    store(
        Alert.newBuilder(SampleAlerts.raised("ben"))
            .setAlertId("later")
            .setKind("window")
            .setRuleId("event-burst")
            .setEventTime(Instant.ofEpochMilli(899_999))
            .setEventId(null)
            .setEventType(null)
            .setScoreBefore(null)
            .setScore(null)
            .setWindow("5m/1m")
            .setCounts(Map.of("login", 100L, "failed_login", 3L))
            .build());
    assertThat(view.newestAlerts(5))
        .containsExactly(
            "00:14:59  event-burst  ben  103 events of 2 types in 5m/1m",
            "00:10:00  high-score  anna  0.800000");
  }

  @Test
  void showsNothingOfAnAlertThatWasTakenOutMeanwhile() {
    store(SampleAlerts.raised("anna"));
    jedis.zadd("risk:alerts", 900_000, "gone");
    assertThat(view.newestAlerts(5)).containsExactly("00:10:00  high-score  anna  0.800000");
  }

  private void store(Alert alert) {
    var shown = HotAlert.of(alert, 1, 1);
    jedis.hset("risk:alert:{" + shown.alertId() + "}", shown.fields());
    jedis.zadd("risk:alerts", (double) shown.eventTimeMillis(), shown.alertId());
  }
}
