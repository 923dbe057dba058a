package io.riskstream.pipeline.breaker;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.config.RulesConfig;
import io.riskstream.model.ControlDocument;
import io.riskstream.model.RuleDisabled;
import io.riskstream.pipeline.book.RuleObserverFactory;
import io.riskstream.rules.ActiveRules;
import io.riskstream.rules.RuleOutcome;
import io.riskstream.rules.Rulesets;
import io.riskstream.rules.breaker.Breaker;
import io.riskstream.rules.breaker.BreakerLimits;
import io.riskstream.sink.control.ControlPublisher;
import io.riskstream.testkit.Await;
import io.riskstream.testkit.Configs;
import io.riskstream.testkit.Plans;
import io.riskstream.testkit.RecordedLog;
import io.riskstream.testkit.RecordedMetrics;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BreakerObserverTest {
  private static final ActiveRules RULES = Plans.book(Rulesets.defaults()).at(0);
  private static final BreakerLimits LIMITS = new BreakerLimits(2, 3, 1_000);

  private final List<ControlDocument> kept = new CopyOnWriteArrayList<>();
  private final RecordedMetrics metrics = new RecordedMetrics();
  private long nowMillis;

  @Test
  void publishesOneDocumentForARuleThatFailsTooOften() {
    try (var observer = observer(kept::add)) {
      judge(observer, "rule", RuleOutcome.ERROR, 2);
      assertThat(metrics.gauge(DocumentCourier.OPENED)).isZero();
      judge(observer, "rule", RuleOutcome.ERROR, 5);
      Await.until("the document is kept", () -> metrics.gauge(DocumentCourier.PENDING) == 0);
      assertThat(metrics.gauge(DocumentCourier.OPENED)).isEqualTo(1);
    }
    assertThat(kept).singleElement().isInstanceOf(RuleDisabled.class);
    assertThat(((RuleDisabled) kept.get(0)).ruleId()).isEqualTo("rule");
  }

  @Test
  void countsTriggersApartFromErrorsByProcessingTimeAndLeavesTheRest() {
    try (var observer = observer(kept::add)) {
      judge(observer, "rule", RuleOutcome.FALSE, 100);
      judge(observer, "rule", RuleOutcome.ERROR, 2);
      judge(observer, "rule", RuleOutcome.TRUE, 3);
      nowMillis += LIMITS.intervalMillis();
      judge(observer, "rule", RuleOutcome.TRUE, 3);
      assertThat(metrics.gauge(DocumentCourier.OPENED)).isZero();
      judge(observer, "rule", RuleOutcome.TRUE, 1);
      assertThat(metrics.gauge(DocumentCourier.OPENED)).isEqualTo(1);
      Await.until("the document is kept", () -> kept.size() == 1);
    }
  }

  @Test
  void triesAgainUntilTheDocumentIsKeptAndSaysSoOnce() {
    var attempts = new AtomicInteger();
    try (var log = RecordedLog.of(DocumentCourier.class);
        var observer =
            observer(
                document -> {
                  switch (attempts.incrementAndGet()) {
                    case 1 -> throw new IOException("Kafka is away");
                    case 2 -> throw new IllegalStateException("and is odd when it comes back");
                    default -> kept.add(document);
                  }
                })) {
      judge(observer, "rule", RuleOutcome.ERROR, 3);
      judge(observer, "other", RuleOutcome.ERROR, 3);
      Await.until("all is kept", () -> metrics.gauge(DocumentCourier.PENDING) == 0);
      assertThat(log.errors())
          .containsExactly(
              "the breaker cannot publish rule-disabled breaker:rule version 0 yet, trying again");
    }
    assertThat(kept)
        .extracting(ControlDocument::id)
        .containsExactly("breaker:rule", "breaker:other");
    assertThat(metrics.gauge(DocumentCourier.FAILED_ATTEMPTS)).isEqualTo(2);
  }

  @Test
  void neitherJudgementsNorTheEndOfTheTaskWaitForKafka() {
    var never = new CountDownLatch(1);
    var publishing = new AtomicBoolean();
    var interrupted = new AtomicBoolean();
    try (var log = RecordedLog.of(DocumentCourier.class);
        var observer =
            observer(
                document -> {
                  publishing.set(true);
                  try {
                    never.await();
                  } catch (InterruptedException closing) {
                    interrupted.set(true);
                    throw closing;
                  }
                })) {
      judge(observer, "first", RuleOutcome.ERROR, 3);
      Await.until("it is being published", publishing::get);
      for (var rule = 0; rule <= DocumentCourier.MOST_PENDING; rule++) {
        judge(observer, "rule-" + rule, RuleOutcome.ERROR, 3);
      }
      assertThat(metrics.gauge(DocumentCourier.PENDING))
          .isEqualTo(DocumentCourier.MOST_PENDING + 1);
      assertThat(metrics.gauge(DocumentCourier.DROPPED)).isEqualTo(1);
      assertThat(log.errors())
          .singleElement()
          .asString()
          .startsWith("rule-disabled breaker:rule-256 version 0 is not published");
    }
    Await.until("the thread ends", interrupted::get);
  }

  @Test
  void limitsOfZeroMakeNoObserver() {
    var rules = Configs.unreachable().rules();
    assertThat(rules.breakerInterval()).isEqualTo(Duration.ofMinutes(1));
    assertThat(BreakerObserver.of(rules, kept::add)).isNotSameAs(RuleObserverFactory.NONE);
    var never = new RulesConfig("", rules.guard(), 0, 0, rules.breakerInterval());
    assertThat(BreakerObserver.of(never, kept::add)).isSameAs(RuleObserverFactory.NONE);
  }

  private BreakerObserver observer(ControlPublisher publisher) {
    return new BreakerObserver(
        new Breaker(LIMITS), new DocumentCourier(publisher, metrics, 0), () -> nowMillis);
  }

  private static void judge(BreakerObserver observer, String rule, RuleOutcome outcome, int times) {
    for (var i = 0; i < times; i++) {
      observer.judged(RULES, rule, outcome, 0);
    }
  }
}
