package io.riskstream.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.config.LakeConfig;
import io.riskstream.model.ControlRow;
import io.riskstream.model.Dimension;
import io.riskstream.model.GatedDocument;
import io.riskstream.model.HotRebuild;
import io.riskstream.model.RuleDisabled;
import io.riskstream.testkit.ParquetFiles;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a batch learns of documents; single quotes stand for double ones. */
final class RecordedDocumentsTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final String OFF =
      "{'kind':'rule-disabled','id':'off','version':1,'rule_id':'r','reason':'why'}";

  @TempDir private Path lake;

  @Test
  void aLakeWithoutTheDatasetHasNone() {
    assertThat(read()).isEmpty();
  }

  @Test
  void givesVisibleRowsInOrderOfOffsetsWithTheirRecordedCuts() throws Exception {
    write("hour=12/part-2.parquet", row("rule-disabled", "off", 3, NOON, OFF));
    write("hour=12/.part-3.parquet", row("rule-disabled", "off", 9, NOON, OFF));
    write("_hour=12/part-4.parquet", row("rule-disabled", "off", 9, NOON, OFF));
    write(
        "hour=13/part-1.parquet",
        row(
            "hot-rebuild",
            "now",
            1,
            null,
            "{'kind':'hot-rebuild','id':'now','version':1,'requested_at':5,'reason':''}"),
        row(
            "dimension",
            "region",
            7,
            NOON.plusSeconds(1),
            "{'kind':'dimension','id':'region','version':1,'attribute':'country',"
                + "'parquet':'/gone','sha256':'"
                + "0".repeat(64)
                + "','values':{'DE':'Europe'}}"));
    assertThat(read())
        .containsExactly(
            new GatedDocument(new HotRebuild("now", 1, 5, "", null, null), Long.MIN_VALUE, 1),
            new GatedDocument(new RuleDisabled("off", 1, null, "r", "why"), NOON.toEpochMilli(), 3),
            new GatedDocument(
                new Dimension("region", 1, null, "country", Map.of("DE", "Europe")),
                NOON.toEpochMilli() + 1_000,
                7));
  }

  @Test
  void aRowThatIsNoDocumentIsNotPassedOver() throws Exception {
    write("hour=12/part-1.parquet", row("rule-disabled", "off", 3, NOON, "{}"));
    assertThatThrownBy(this::read)
        .isInstanceOf(UncheckedIOException.class)
        .rootCause()
        .hasMessageContaining("kind");
  }

  private List<GatedDocument> read() {
    return new RecordedDocuments(new LakeConfig(lake.toUri().toString(), 1 << 20)).read();
  }

  private void write(String file, ControlRow... rows) throws Exception {
    ParquetFiles.write(lake.resolve("control/year=2026/" + file), List.of(rows));
  }

  private static ControlRow row(String kind, String id, long offset, Instant cut, String document) {
    return ControlRow.newBuilder()
        .setKind(kind)
        .setId(id)
        .setVersion(1)
        .setCut(cut)
        .setDocument(document.replace('\'', '"'))
        .setTopic("control")
        .setPartition(0)
        .setOffset(offset)
        .setBrokerTime(NOON)
        .build();
  }
}
