package io.riskstream.source.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riskstream.rules.RulesetException;
import io.riskstream.testkit.ParquetFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are tables, and whose fault it is where there is none. */
final class ParquetTablesTest {
  private static final Schema TEXTS =
      SchemaBuilder.record("row")
          .fields()
          .requiredString("key")
          .optionalString("value")
          .requiredInt("beside")
          .endRecord();

  @TempDir private Path folder;

  @Test
  void readsAllRowsOfTheFileThatTheHashNames() throws Exception {
    var file = write(row("DE", "Europe"), row("ü", "😀"));
    assertThat(load(file, sha256(file))).isEqualTo(Map.of("DE", "Europe", "ü", "😀"));
    var byUri = file.toUri().toString();
    assertThat(new ParquetTables().load(byUri, sha256(file).toUpperCase(Locale.ROOT))).hasSize(2);
  }

  @Test
  void refusesAFileWithOtherBytes() throws Exception {
    var file = write(row("DE", "Europe"));
    var hash = sha256(file);
    Files.delete(file);
    write(row("DE", "elsewhere"));
    assertRefused(file.toString(), hash, "has the SHA-256 " + sha256(file) + ", not " + hash);
  }

  @Test
  void refusesAFileThatIsNotThereAndAnAddressThatNamesNone() {
    assertRefused(folder.resolve("absent").toString(), "00", "does not exist");
    assertRefused(folder.toString(), "00", "is a folder");
    assertRefused("nowhere://bucket/file", "00", "cannot be addressed here");
    assertRefused("", "00", "cannot be addressed here");
  }

  @Test
  void refusesWhatIsNoTableOfTexts() throws Exception {
    var noParquet = Files.writeString(folder.resolve("text"), "key,value");
    assertRefused(noParquet.toString(), sha256(noParquet), "is no Parquet file");
    var noValue = write(row("DE", null));
    assertRefused(noValue.toString(), sha256(noValue), "must have the text columns key and value");
    Files.delete(noValue);
    var twice = write(row("DE", "a"), row("DE", "b"));
    assertRefused(twice.toString(), sha256(twice), "names the key 'DE' twice");
    Files.delete(twice);
    var many = new GenericRecord[10_001];
    Arrays.setAll(many, number -> row("key-" + number, "a"));
    var tooMany = write(many);
    assertRefused(tooMany.toString(), sha256(tooMany), "more than 10,000 rows");
    Files.delete(tooMany);
    var numbers =
        SchemaBuilder.record("row").fields().requiredString("key").requiredInt("value").endRecord();
    var numbered =
        write(new GenericRecordBuilder(numbers).set("key", "DE").set("value", 1).build());
    assertRefused(numbered.toString(), sha256(numbered), "must have the text columns");
  }

  @Test
  void refusesAFileThatTheStorageDoesNotLetTheJobRead() {
    for (var trouble : List.of("denied", "hadoop", "locked")) {
      assertRefused("troubled://" + trouble + "/table", "00", "must not be read by the job");
    }
  }

  /** A file that is there cannot be found where too many are open. */
  @Test
  void aStorageThatDoesNotAnswerIsNotTheDocumentsFault() {
    for (var trouble : List.of("away", "busy")) {
      assertThatThrownBy(() -> new ParquetTables().load("troubled://" + trouble + "/table", "00"))
          .isInstanceOf(IOException.class);
    }
  }

  /** Reading the memory of a process at 0 fails in the operating system, as storage may. */
  @Test
  void anErrorOfTheStorageIsNotTheDocumentsFault() {
    assertThatThrownBy(() -> load(Path.of("/proc/self/mem"), "00")).isInstanceOf(IOException.class);
  }

  private void assertRefused(String path, String sha256, String reason) {
    assertThatThrownBy(() -> new ParquetTables().load(path, sha256))
        .isInstanceOf(RulesetException.class)
        .hasMessageContaining(path)
        .hasMessageContaining(reason);
  }

  private static Map<String, String> load(Path file, String sha256) throws Exception {
    return new ParquetTables().load(file.toString(), sha256);
  }

  private Path write(GenericRecord... rows) throws IOException {
    var file = folder.resolve("table.parquet");
    ParquetFiles.writeRecords(file, Arrays.asList(rows));
    return file;
  }

  private static GenericRecord row(String key, String value) {
    return new GenericRecordBuilder(TEXTS)
        .set("key", key)
        .set("value", value)
        .set("beside", 1)
        .build();
  }

  private static String sha256(Path file) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
  }
}
