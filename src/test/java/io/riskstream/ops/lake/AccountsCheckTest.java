package io.riskstream.ops.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.riskstream.config.OnLostOffsets;
import io.riskstream.model.AuditRow;
import io.riskstream.ops.WrittenAccounts;
import io.riskstream.ops.WrittenOutputs;
import io.riskstream.ops.check.Findings;
import io.riskstream.reference.Expected;
import io.riskstream.reference.LakeFolders;
import io.riskstream.reference.ReferenceModel;
import io.riskstream.reference.ReferenceSettings;
import io.riskstream.testkit.SentStory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The checks of audit rows and seals pass what is exact, and name each single thing that is not.
 */
final class AccountsCheckTest {
  private static final long NOON = 1_767_268_800_000L; // 2026-01-01T12:00Z
  private static final long HOUR = 3_600_000L;
  private static final ReferenceSettings SETTINGS = new ReferenceSettings(2_000, 3_000, 300_000);

  private final SentStory story = story();
  private final Map<Integer, Long> ends = new HashMap<>(Map.of(0, 6L, 1, 2L));
  private final Map<Integer, Long> beginnings = new HashMap<>(Map.of(0, 2L, 1, 0L));
  private final List<AuditRow> extra = new ArrayList<>();
  private OnLostOffsets onLostOffsets = OnLostOffsets.RECORD_GAP;
  private WrittenOutputs outputs = written();

  @TempDir private Path lake;

  @Test
  void passesWhatBalances() throws Exception {
    assertThat(audit()).contains("audit: found 3, missing 0, double 0, different 0, unexpected 0");
    assertThat(seals()).contains("seals: found 3, missing 0, double 0, different 0, unexpected 0");
  }

  @Test
  void findsAWrongCount() throws Exception {
    var row = row(0, NOON);
    row.setDuplicate(row.getDuplicate() - 1);
    row.setAccepted(row.getAccepted() + 1);
    assertThat(audit())
        .contains(
            "different 1",
            "events-0 2026-01-01T12:00:00Z: accepted: expected 2, found 3;"
                + " duplicate: expected 1, found 0");
  }

  @Test
  void findsAnHourThatDoesNotBalance() throws Exception {
    row(0, NOON).setLate(0L);
    assertThat(audit())
        .contains(
            "late: expected 1, found 0",
            "received 5, but accepted + duplicate + late + dead_lettered is 4");
  }

  @Test
  void findsAnHourThatIsMissingAndOneThatNeverWas() throws Exception {
    row(0, NOON + HOUR).setTime(Instant.ofEpochMilli(NOON + 2 * HOUR));
    refile();
    assertThat(audit())
        .contains(
            "missing: events-0 2026-01-01T13:00:00Z", "unexpected: events-0 2026-01-01T14:00:00Z");
  }

  @Test
  void findsTheSameRevisionDoubleAndTakesTheGreatest() throws Exception {
    var again = AuditRow.newBuilder(row(0, NOON)).setRevision(1).build();
    row(0, NOON).setAccepted(0L);
    extra.add(again);
    assertThat(audit()).contains("missing 0, double 0, different 0");
    extra.add(again);
    assertThat(audit()).contains("double 1", "events-0 2026-01-01T12:00:00Z revision 1");
  }

  @Test
  void findsARowInTheWrongFolder() throws Exception {
    row(0, NOON + HOUR).setTime(Instant.ofEpochMilli(NOON));
    assertThat(audit()).contains("folder: expected year=2026/month=01/day=01/hour=12, found");
  }

  @Test
  void findsAHoleBetweenTwoHoursAndAShortEnd() throws Exception {
    var last = row(0, NOON + HOUR);
    last.setFirstOffset(last.getFirstOffset() + 1);
    last.setLastOffset(last.getLastOffset() + 1);
    assertThat(audit())
        .contains(
            "events-0: 2026-01-01T13:00:00Z begins at offset 6, but the hour before it ends at 4",
            "its hours end before offset 7, Kafka's partition before 6");
    last.setFirstOffset(last.getFirstOffset() - 1);
    assertThat(audit())
        .contains("2026-01-01T13:00:00Z has 2 offsets, but received + skipped + lost is 1");
  }

  @Test
  void findsHoursThatEndBeforeKafkaDoes() throws Exception {
    row(0, NOON + HOUR).setLastOffset(4L);
    assertThat(audit()).contains("offsets from 5 to 5 are in no hour");
  }

  @Test
  void takesOffsetsWithoutARecordWhereTheyAreCounted() throws Exception {
    outputs = new WrittenOutputs(expected(List.of()));
    row(1, NOON).setSkipped(3L);
    row(1, NOON).setLastOffset(4L);
    ends.put(1, 5L);
    assertThat(audit()).contains("missing 0, double 0, different 0");
  }

  @Test
  void doesNotAwaitWhatWasLostAndListsIt() throws Exception {
    var gap = WrittenAccounts.gap(0, 0, 1, NOON);
    outputs = new WrittenOutputs(expected(List.of(gap)));
    row(0, NOON).setLost(2L);
    row(0, NOON).setFirstOffset(0L);
    extra.add(gap);
    assertThat(audit())
        .contains(
            "missing 0, double 0, different 0",
            "gap: events-0 offsets 0 to 1 were deleted before they were read");
    row(0, NOON).setLost(0L);
    row(0, NOON).setSkipped(2L);
    assertThat(audit()).contains("events-0: 0 lost in its hours, but 2 in its gaps");
  }

  /** The job alone is no witness: nothing that is left out may still be there. */
  @Test
  void findsAGapThatKafkaStillHasTheRecordsOf() throws Exception {
    var gap = WrittenAccounts.gap(0, 0, 1, NOON);
    outputs = new WrittenOutputs(expected(List.of(gap)));
    row(0, NOON).setLost(2L);
    row(0, NOON).setFirstOffset(0L);
    extra.add(gap);
    beginnings.put(0, 1L);
    assertThat(audit())
        .contains("unexpected 1", "gap events-0 offsets 0 to 1, but Kafka has the records from")
        .contains("from offset 1");
    beginnings.clear();
    assertThat(audit()).contains("unexpected 1", "from offset 0");
  }

  @Test
  void findsAGapWhereTheJobHadToFailInstead() throws Exception {
    var gap = WrittenAccounts.gap(0, 0, 1, NOON);
    outputs = new WrittenOutputs(expected(List.of(gap)));
    row(0, NOON).setLost(2L);
    row(0, NOON).setFirstOffset(0L);
    extra.add(gap);
    onLostOffsets = OnLostOffsets.FAIL;
    assertThat(audit())
        .contains("gap events-0 offsets 0 to 1, though source.on-lost-offsets is fail");
  }

  @Test
  void findsASealThatIsMissing() throws Exception {
    outputs.seals.remove("ledger/year=2026/month=01/day=01/hour=12");
    assertThat(seals()).contains("missing: ledger/year=2026/month=01/day=01/hour=12/_SEALED");
  }

  @Test
  void findsASealWithAWrongCount() throws Exception {
    var seal = seal("events/year=2026/month=01/day=01/hour=12");
    seal.put("rows", seal.get("rows").asLong() - 1);
    assertThat(seals())
        .contains(
            "different: events/year=2026/month=01/day=01/hour=12", "rows: expected 4, found 3");
  }

  @Test
  void findsASealOfAnotherHour() throws Exception {
    seal("events/year=2026/month=01/day=01/hour=12").put("hour", "2026-01-01T13:00:00Z");
    assertThat(seals())
        .contains("different 1", "hour: expected 2026-01-01T12:00:00Z, found")
        .contains("2026-01-01T13:00:00Z");
  }

  @Test
  void findsASealWithWrongPartitions() throws Exception {
    var partitions = seal("events/year=2026/month=01/day=01/hour=12").withArray("partitions");
    ((ObjectNode) partitions.get(0)).put("rows", 1).put("last_offset", 77);
    ((ObjectNode) partitions.get(1)).put("late_rows", 1).put("partition", 5);
    assertThat(seals())
        .contains(
            "partition 0 rows: expected 2, found 1",
            "partition 0 last_offset: expected 1, found 77",
            "partition 1 rows: expected 2, found null",
            "partition 5 gave nothing");
  }

  @Test
  void findsMoreLateRowsSealedThanCame() throws Exception {
    var seal = seal("events/year=2026/month=01/day=01/hour=12");
    seal.put("late_rows", 1);
    assertThat(seals()).contains("found 3, missing 0, double 0, different 0");
    seal.put("late_rows", 2);
    assertThat(seals()).contains("late_rows: expected at most 1, found 2");
  }

  @Test
  void findsASealWithoutDataAndOneThatIsNoJson() throws Exception {
    outputs.seals.put(
        "ledger/year=2026/month=01/day=01/hour=15",
        seal("ledger/year=2026/month=01/day=01/hour=12").deepCopy());
    assertThat(seals())
        .contains("unexpected: ledger/year=2026/month=01/day=01/hour=15", "without rows");
    Files.writeString(lake.resolve("events/year=2026/month=01/day=01/hour=12/_SEALED"), "{");
    assertThat(printed(SealCheck.of(lake.toUri().toString(), expected(List.of()).balance())))
        .contains("hour=12/_SEALED: is no JSON");
  }

  /** Partition 0 goes on for a second hour, with a late event and a duplicate in the first. */
  private static SentStory story() {
    return new SentStory()
        .event(0, "ann", "one", "failed_login", NOON)
        .event(0, "ann", "two", "failed_login", NOON + 60_000)
        .event(0, "ann", "two", "failed_login", NOON + 60_000)
        .event(0, "ann", "late", "failed_login", NOON, NOON + 60_000)
        .send(0, NOON + 60_000, "{")
        .event(0, "ann", "three", "page_view", NOON + HOUR)
        .event(1, "bob", "four", "page_view", NOON)
        .event(1, "bob", "five", "page_view", NOON + 1);
  }

  private WrittenOutputs written() {
    return new WrittenOutputs(expected(List.of()));
  }

  private Expected expected(List<AuditRow> gaps) {
    return ReferenceModel.of(
        story.records().stream()
            .filter(
                sent ->
                    gaps.stream()
                        .noneMatch(
                            gap ->
                                gap.getPartition() == sent.coordinates().partition()
                                    && sent.coordinates().offset() <= gap.getLastOffset()))
            .toList(),
        SETTINGS);
  }

  private AuditRow row(int partition, long hourMillis) {
    return outputs.audit.values().stream()
        .flatMap(List::stream)
        .filter(row -> Objects.equals(row.getPartition(), partition))
        .filter(row -> row.getTime().toEpochMilli() == hourMillis)
        .findFirst()
        .orElseThrow();
  }

  private ObjectNode seal(String folder) {
    return outputs.seals.get(folder);
  }

  private void refile() {
    var rows = outputs.audit.values().stream().flatMap(List::stream).toList();
    outputs.audit.clear();
    rows.forEach(
        row ->
            outputs
                .audit
                .computeIfAbsent(LakeFolders.of(row), folder -> new ArrayList<>())
                .add(row));
  }

  private String audit() throws Exception {
    var before = Map.copyOf(outputs.audit);
    for (var row : extra) {
      var rows = new ArrayList<>(outputs.audit.getOrDefault(LakeFolders.of(row), List.of()));
      rows.add(row);
      outputs.audit.put(LakeFolders.of(row), rows);
    }
    var folder = lake.resolve("lake-" + System.nanoTime());
    outputs.writeLake(folder);
    outputs.audit.clear();
    outputs.audit.putAll(before);
    var audit = AuditRows.read(folder.toUri().toString(), "events");
    var model = ReferenceModel.of(audit.withoutLost(story.records()), SETTINGS);
    var printed = new ByteArrayOutputStream();
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    audit.doubtGaps(beginnings, onLostOffsets);
    audit.check(model.balance(), ends).print(out);
    audit.printGaps(out);
    return printed.toString(StandardCharsets.UTF_8);
  }

  private String seals() throws Exception {
    for (var seal : outputs.seals.entrySet()) {
      var folder = Files.createDirectories(lake.resolve(seal.getKey()));
      Files.writeString(folder.resolve("_SEALED"), seal.getValue().toString());
    }
    return printed(SealCheck.of(lake.toUri().toString(), expected(List.of()).balance()));
  }

  private static String printed(Findings findings) {
    var printed = new ByteArrayOutputStream();
    findings.print(new PrintStream(printed, true, StandardCharsets.UTF_8));
    return printed.toString(StandardCharsets.UTF_8);
  }
}
