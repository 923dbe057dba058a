package io.riskstream.risk;

import static io.riskstream.testkit.Events.START;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.manifest.SentRecord;
import io.riskstream.model.Alert;
import io.riskstream.model.AlertStatus;
import io.riskstream.model.ControlRecord;
import io.riskstream.model.Coordinates;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.LedgerRow;
import io.riskstream.model.ProfileUpdate;
import io.riskstream.model.UserEvent;
import io.riskstream.model.UserInput;
import io.riskstream.reference.Expected;
import io.riskstream.reference.ReferenceInput;
import io.riskstream.reference.ReferenceModel;
import io.riskstream.reference.ReferenceSettings;
import io.riskstream.rules.RuleCompiler;
import io.riskstream.rules.Rulebook;
import io.riskstream.rules.Rulesets;
import io.riskstream.rules.document.Answer;
import io.riskstream.rules.document.DocumentGate;
import io.riskstream.rules.document.TableFiles;
import io.riskstream.source.CanonicalEvent;
import io.riskstream.testkit.InMemoryPipeline;
import io.riskstream.testkit.Plans;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * The law, against the reference model, with all that changes while the job runs: rulesets, rules
 * that are disabled, suppressions, dimensions and profiles.
 */
final class RulesLawTest {
  private static final long DELAY = 40_000;
  private static final long LATENESS = 80_000;
  private static final long SKEW = 300_000;
  private static final long GUARD = 30_000;
  private static final String[] TYPES = {
    "failed_login", "failed_login", "successful_login", "purchase", "page_view", "unheard_of"
  };
  private static final String[] TIERS = {"gold", "silver", "\\u0001\\\"quoted\\\"", "ü"};
  private static final String[] RULES = {
    """
    {"id":"score","on":["failed_login"],"condition":"score_after >= 0.4","cool-down":"2m"}""",
    """
    {"id":"score","window":"1m/30s","condition":"count > 4","cool-down":"2m"}""",
    """
    {"id":"burst","window":"5m/1m","condition":"count > 6","severity":"low","cool-down":"7m"}""",
    """
    {"id":"burst","window":"1m/30s","condition":"count > 3 && session.end > session.start"}""",
    """
    {"id":"gold","on":["purchase","failed_login"],"mode":"shadow","cool-down":"90s",
     "condition":"has_profile && profile['tier'] == 'gold' && event.session_id == 's1'"}""",
    """
    {"id":"desk","window":"5m/1m","condition":"size(types) > 1 && 'desk' in dimensions"}""",
    """
    {"id":"value","on":["purchase"],
     "condition":"event.value > 5.0 || event.properties['ip'] == '::1'"}"""
  };

  @Property(tries = 150)
  void equalsTheReferenceModelUnderAnyDocumentsAndProfiles(
      @ForAll Random random,
      @ForAll @IntRange(min = 1, max = 3) int partitions,
      @ForAll @IntRange(min = 1, max = 250) int records,
      @ForAll @IntRange(min = 1, max = 3) int users,
      @ForAll @IntRange(min = 0, max = 8) int documents)
      throws Exception {
    var inputs = inputs(random, partitions, records, users);
    var control = control(random, documents, users);
    var book = Plans.book(Rulesets.defaults());
    var waiting = new ArrayDeque<>(gated(control));
    var pipeline = new InMemoryPipeline(DELAY, LATENESS, inputs.size(), book);
    var queues = new ArrayList<ArrayDeque<UserInput>>();
    inputs.forEach(partition -> queues.add(new ArrayDeque<>(partition)));
    queues.removeIf(ArrayDeque::isEmpty);
    while (!queues.isEmpty()) {
      var queue = queues.get(random.nextInt(queues.size()));
      var next = queue.poll();
      learn(book, waiting, next.timestampMillis(), random);
      if (next instanceof UserEvent event) {
        pipeline.accept(event);
      } else if (next instanceof ProfileUpdate update) {
        pipeline.accept(update);
      }
      if (queue.isEmpty()) {
        queues.remove(queue);
      }
      if (random.nextInt(5) == 0) {
        pipeline.advance();
      }
    }
    learn(book, waiting, Long.MAX_VALUE, random);
    pipeline.drain();
    assertSame(pipeline, reference(inputs, control));
  }

  /** The documents that must be known by now, and sometimes the next one already. */
  private static void learn(
      Rulebook book, ArrayDeque<GatedDocument> waiting, long timeMillis, Random random) {
    while (!waiting.isEmpty()
        && (waiting.peek().cutMillis() <= timeMillis || random.nextInt(20) == 0)) {
      book.add(waiting.poll());
    }
  }

  private static void assertSame(InMemoryPipeline pipeline, Expected expected) {
    assertThat(byUser(pipeline.ledger()))
        .isEqualTo(byUser(expected.ledger().stream().map(Expected.Ledger::toRow).toList()));
    assertThat(pipeline.activity())
        .containsExactlyInAnyOrderElementsOf(
            expected.activity().stream().map(Expected.Activity::toRow).toList());
    var confirmed =
        pipeline.alerts().stream()
            .filter(alert -> alert.getStatus() == AlertStatus.confirmed)
            .map(alert -> Alert.newBuilder(alert).setRevision(0).setCodeVersion("").build())
            .toList();
    assertThat(confirmed).containsExactlyInAnyOrderElementsOf(expected.alerts());
    assertLives(pipeline.alerts());
    expected
        .users()
        .forEach(
            (userId, user) -> {
              var snapshot = pipeline.snapshot(userId);
              assertThat(snapshot.scoreMicros()).isEqualTo(user.scoreMicros());
              assertThat(snapshot.level()).isEqualTo(user.level());
              assertThat(snapshot.rulesVersion()).isEqualTo(user.rulesVersion());
            });
    assertThat(pipeline.chunkCount()).isZero();
  }

  /**
   * Every alert is raised, counts its revisions, and ends once; its contributions make its score.
   */
  private static void assertLives(List<Alert> steps) {
    steps.stream()
        .collect(Collectors.groupingBy(Alert::getAlertId))
        .values()
        .forEach(
            life -> {
              for (var index = 0; index < life.size(); index++) {
                assertThat(life.get(index).getRevision()).isEqualTo(index);
                var isLast = index == life.size() - 1;
                assertThat(life.get(index).getStatus())
                    .isIn(
                        index == 0
                            ? List.of(AlertStatus.raised)
                            : isLast
                                ? List.of(AlertStatus.confirmed, AlertStatus.withdrawn)
                                : List.of(AlertStatus.amended));
                assertThat(isLast && index == 0).isFalse();
              }
            });
    for (var alert : steps) {
      if (alert.getKind().equals("event")) {
        var sum =
            alert.getContributions().stream()
                .map(contribution -> contribution.getDelta())
                .reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add);
        assertThat(sum).isEqualByComparingTo(alert.getScore());
      }
    }
  }

  /** Partitions of events, then one of profiles; users stay on their partition. */
  private static List<List<UserInput>> inputs(
      Random random, int partitions, int records, int users) {
    var inputs = new ArrayList<List<UserInput>>();
    for (var partition = 0; partition <= partitions; partition++) {
      inputs.add(new ArrayList<>());
    }
    var clock = START;
    for (var index = 0; index < records; index++) {
      clock += random.nextInt(9_000);
      var back =
          random.nextInt(3) == 0 ? random.nextInt(random.nextInt(6) == 0 ? 250_000 : 90_000) : 0;
      var timestamp = (clock - back) / 500 * 500;
      var user = random.nextInt(users);
      if (random.nextInt(6) == 0) {
        var profiles = inputs.get(partitions);
        profiles.add(update(random, "user-" + user, timestamp, profiles.size(), clock));
      } else {
        var partition = inputs.get(user % partitions);
        var at = new Coordinates("events", user % partitions, partition.size(), clock);
        partition.add(event(random, "user-" + user, index, timestamp, at));
      }
    }
    return inputs;
  }

  private static UserEvent event(
      Random random, String userId, int index, long timestamp, Coordinates at) {
    var session = random.nextBoolean() ? "s" + random.nextInt(2) : null;
    var value = random.nextBoolean() ? (Long) (random.nextInt(10) * 1_000_001L) : null;
    Map<String, String> properties =
        random.nextBoolean() ? Map.of("ip", "::" + random.nextInt(2), "other", "x") : Map.of();
    return new UserEvent(
        Character.toString(random.nextBoolean() ? 0x10400 : 0xFB01) + index,
        userId,
        TYPES[random.nextInt(TYPES.length)],
        timestamp,
        session,
        value,
        properties,
        at,
        false);
  }

  private static ProfileUpdate update(
      Random random, String userId, long timestamp, int offset, long clock) {
    // Few timestamps, so that ties are decided by what the updates say.
    var attributes = new HashMap<String, String>();
    attributes.put("tier", unescaped(TIERS[random.nextInt(TIERS.length)]));
    if (random.nextBoolean()) {
      attributes.put("country", random.nextBoolean() ? "AT" : "DE");
    }
    return new ProfileUpdate(
        userId,
        timestamp / 20_000 * 20_000,
        attributes,
        new Coordinates("user-profiles", 0, offset, clock),
        false);
  }

  private static String unescaped(String json) {
    return json.replace("\\u0001", "\u0001").replace("\\\"", "\"");
  }

  private static List<ControlRecord> control(Random random, int documents, int users) {
    var records = new ArrayList<ControlRecord>();
    // Cuts between the first event and about its twentieth minute.
    var broker = START - SKEW - GUARD;
    for (var offset = 0; offset < documents; offset++) {
      broker += random.nextInt(400_000);
      var json = document(random, offset, users, broker);
      records.add(
          new ControlRecord(new Coordinates("control", 0, offset, broker), json.getBytes(UTF_8)));
    }
    return records;
  }

  private static String document(Random random, int offset, int users, long broker) {
    var wish = broker + random.nextInt(1_000_000);
    var from = random.nextBoolean() ? "" : "\"effective_from\":%d,".formatted(wish);
    var head = "\"id\":\"d%d\",\"version\":1,%s".formatted(offset, from);
    return switch (random.nextInt(4)) {
      case 0 ->
          "{\"kind\":\"rule-disabled\",%s\"rule_id\":\"%s\",\"reason\":\"x\"}"
              .formatted(head, random.nextBoolean() ? "score" : "high-score");
      case 1 ->
          "{\"kind\":\"suppression\",%s%s%s\"from\":%d,\"until\":%d,\"reason\":\"x\"}"
              .formatted(
                  head,
                  "\"user_id\":\"user-%d\",".formatted(random.nextInt(users)),
                  random.nextBoolean() ? "" : "\"rule_id\":\"burst\",",
                  START + random.nextInt(600_000),
                  START + 600_000 + random.nextInt(600_000));
      case 2 ->
          "{\"kind\":\"dimension\",\"id\":\"desk\",\"version\":%d,%s\"attribute\":\"%s\",\"values\":{\"gold\":\"g%d\",\"AT\":\"a\"}}"
              .formatted(offset + 1, from, random.nextBoolean() ? "tier" : "country", offset);
      default -> "{\"kind\":\"ruleset\",%s\"ruleset\":%s}".formatted(head, ruleset(random, offset));
    };
  }

  private static String ruleset(Random random, int offset) {
    var rules = new HashMap<String, String>();
    for (var rule : RULES) {
      if (random.nextBoolean()) {
        rules.put(rule.substring(0, rule.indexOf(',')), rule);
      }
    }
    var clamps = random.nextBoolean() ? "" : "\"clamps\":{\"floor\":0.05,\"ceiling\":0.6},";
    return "{\"version\":\"v%d\",\"weights\":{\"failed_login\":0.%d,\"purchase\":-0.07},%s\"levels\":[{\"name\":\"calm\",\"from\":0},{\"name\":\"alarm\",\"from\":0.35}],\"rules\":[%s]}"
        .formatted(offset, 1 + random.nextInt(4), clamps, String.join(",", rules.values()));
  }

  private static List<GatedDocument> gated(List<ControlRecord> control) throws IOException {
    var compiler = new RuleCompiler(Plans.DEFAULT.live(), Plans.DEFAULT.types());
    var gate = new DocumentGate(new DocumentGate.Settings(SKEW, GUARD), compiler, TableFiles.NONE);
    var accepted = new ArrayList<GatedDocument>();
    for (var record : control) {
      var answer = gate.judge(record);
      assertThat(answer).isInstanceOf(Answer.Accepted.class);
      accepted.add(((Answer.Accepted) answer).gated());
    }
    accepted.sort(Comparator.comparingLong(GatedDocument::cutMillis));
    return accepted;
  }

  private static Expected reference(List<List<UserInput>> inputs, List<ControlRecord> control) {
    var events = new ArrayList<SentRecord>();
    var profiles = new ArrayList<SentRecord>();
    for (var input : inputs.stream().flatMap(List::stream).toList()) {
      if (input instanceof UserEvent event) {
        events.add(new SentRecord(event.coordinates(), "", null, CanonicalEvent.encode(event)));
      } else if (input instanceof ProfileUpdate update) {
        profiles.add(new SentRecord(update.coordinates(), "", null, json(update)));
      }
    }
    return ReferenceModel.of(
        new ReferenceInput(events, profiles, control, List.of()),
        new ReferenceSettings(DELAY, LATENESS, SKEW));
  }

  private static byte[] json(ProfileUpdate update) {
    var attributes =
        update.attributes().entrySet().stream()
            .map(each -> "\"%s\":\"%s\"".formatted(each.getKey(), escaped(each.getValue())))
            .collect(Collectors.joining(","));
    return "{\"user_id\":\"%s\",\"timestamp\":%d,\"attributes\":{%s}}"
        .formatted(update.userId(), update.timestampMillis(), attributes)
        .getBytes(UTF_8);
  }

  private static String escaped(String text) {
    return text.replace("\"", "\\\"").replace("\u0001", "\\u0001");
  }

  private static Map<String, List<LedgerRow>> byUser(List<LedgerRow> rows) {
    return rows.stream().collect(Collectors.groupingBy(LedgerRow::getUserId));
  }
}
