package io.riskstream.pipeline.window;

import static io.riskstream.pipeline.window.WindowStory.LATENESS;
import static io.riskstream.pipeline.window.WindowStory.MINUTE;
import static io.riskstream.pipeline.window.WindowStory.PLAN;
import static io.riskstream.pipeline.window.WindowStory.START;
import static io.riskstream.pipeline.window.WindowStory.TWO_MINUTES;
import static io.riskstream.pipeline.window.WindowStory.time;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.activity.UserActivity;
import io.riskstream.model.WindowRow;
import io.riskstream.packed.PackedWriter;
import io.riskstream.testkit.MapChunkStore;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.flink.api.common.RuntimeExecutionMode;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Events of many users, through slices, tallies and windows of two tasks, in both modes. */
final class WindowsITCase {
  private record Event(String user, int type, long timestampMillis, Long value) {}

  /** What a final row says. */
  private record Aggregates(long count, long users, long valueCount, BigDecimal sum) {}

  @ParameterizedTest
  @EnumSource(names = {"STREAMING", "BATCH"})
  void finalRowsAreWhatWasSent(RuntimeExecutionMode mode) throws Exception {
    var events = events();
    var rows = run(entries(events), mode);
    var finals = new TreeMap<String, Aggregates>();
    for (var row : rows) {
      if (row.getFinal$()) {
        var before =
            finals.put(
                row.getEventType() + " " + row.getWindowStart().toEpochMilli(),
                new Aggregates(
                    row.getCount(), row.getDistinctUsers(), row.getValueCount(), row.getSum()));
        assertThat(before).isNull();
      }
    }
    assertThat(finals).isEqualTo(expected(events));
    rows.stream()
        .collect(groupingBy(row -> row.getEventType() + " " + row.getWindowStart()))
        .values()
        .forEach(
            ofOne -> {
              assertThat(ofOne).extracting(WindowRow::getRevision).doesNotHaveDuplicates();
              var last = ofOne.stream().mapToInt(WindowRow::getRevision).max().orElseThrow();
              assertThat(ofOne)
                  .filteredOn(WindowRow::getFinal$)
                  .extracting(WindowRow::getRevision)
                  .containsExactly(last);
            });
  }

  private static List<WindowRow> run(List<WindowEntry> entries, RuntimeExecutionMode mode)
      throws Exception {
    var config = new Configuration();
    config.set(PipelineOptions.GENERIC_TYPES, false);
    config.set(PipelineOptions.OBJECT_REUSE, true);
    config.set(PipelineOptions.AUTO_WATERMARK_INTERVAL, Duration.ofMillis(1));
    config.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    var environment = StreamExecutionEnvironment.getExecutionEnvironment(config);
    environment.setRuntimeMode(mode);
    environment.setParallelism(2);
    var source =
        environment
            .fromData(WindowEntrySerializer.TYPE, entries.toArray(WindowEntry[]::new))
            .uid("source")
            .assignTimestampsAndWatermarks(
                WatermarkStrategy.<WindowEntry>forBoundedOutOfOrderness(Duration.ofMinutes(10))
                    .withTimestampAssigner((entry, record) -> entry.timestampMillis()))
            .uid("times")
            .setParallelism(1);
    var tallies = Windows.tally(source, PLAN, "tally");
    var rows = Windows.merge(tallies, time(LATENESS), 0, "windows");
    try (var results = rows.executeAndCollect()) {
      var collected = new ArrayList<WindowRow>();
      results.forEachRemaining(collected::add);
      return collected;
    }
  }

  private static List<Event> events() {
    var random = new Random(11);
    var events = new ArrayList<Event>();
    for (var number = 0; number < 5_000; number++) {
      var timestamp = START + number * MINUTE / 50 + random.nextInt(10) * MINUTE;
      events.add(
          new Event(
              "user-" + random.nextInt(40),
              random.nextInt(3),
              timestamp,
              random.nextInt(4) == 0 ? null : random.nextLong(-1_000_000_000, 1_000_000_000)));
    }
    return events;
  }

  private static List<WindowEntry> entries(List<Event> events) {
    var users = new TreeMap<String, UserActivity>();
    var chunks = new TreeMap<String, MapChunkStore>();
    var scratch = new PackedWriter();
    var entries = new ArrayList<WindowEntry>();
    for (var event : events) {
      var entered =
          users
              .computeIfAbsent(event.user, user -> new UserActivity())
              .add(
                  event.type,
                  event.timestampMillis,
                  PLAN,
                  chunks.computeIfAbsent(event.user, user -> new MapChunkStore()),
                  scratch);
      entries.add(new WindowEntry(event.type, event.timestampMillis, event.value, entered));
    }
    return entries;
  }

  private static Map<String, Aggregates> expected(List<Event> events) {
    var byWindow = new TreeMap<String, List<Event>>();
    for (var event : events) {
      var type = PLAN.types().nameOf(event.type);
      for (var start = event.timestampMillis - event.timestampMillis % MINUTE - MINUTE;
          start <= event.timestampMillis;
          start += MINUTE) {
        assertThat(event.timestampMillis - start).isLessThan(TWO_MINUTES.sizeMillis());
        byWindow.computeIfAbsent(type + " " + start, window -> new ArrayList<>()).add(event);
      }
    }
    var expected = new TreeMap<String, Aggregates>();
    byWindow.forEach(
        (window, inside) -> {
          var users = new HashSet<String>();
          var valueCount = 0L;
          var sum = 0L;
          for (var event : inside) {
            users.add(event.user);
            if (event.value != null) {
              valueCount++;
              sum += event.value;
            }
          }
          expected.put(
              window,
              new Aggregates(inside.size(), users.size(), valueCount, BigDecimal.valueOf(sum, 6)));
        });
    return expected;
  }
}
