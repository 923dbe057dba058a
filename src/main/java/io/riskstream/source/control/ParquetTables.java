package io.riskstream.source.control;

import io.riskstream.rules.RulesetException;
import io.riskstream.rules.document.TableFiles;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.flink.core.fs.FileStatus;
import org.apache.flink.core.fs.Path;
import org.apache.flink.core.fs.UnsupportedFileSystemSchemeException;
import org.apache.flink.formats.parquet.ParquetInputFile;
import org.apache.flink.runtime.state.memory.ByteStreamStateHandle;
import org.apache.flink.util.ExceptionUtils;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.conf.PlainParquetConfiguration;

/**
 * Reads the tables of Parquet files that documents name, wherever Flink has a file system for. What
 * is parsed is the very bytes whose hash was compared.
 */
final class ParquetTables implements TableFiles {
  /** A table is small: it is handed to every task, within its document. */
  private static final int MOST_BYTES = 64 << 20;

  /** As many as a dimension may have values; a few bytes of a file can be millions of rows. */
  private static final int MOST_ROWS = 10_000;

  private static final String KEY = "key";
  private static final String VALUE = "value";

  @Override
  public Map<String, String> load(String path, String sha256) throws RulesetException, IOException {
    var bytes = bytes(path);
    var found = HexFormat.of().formatHex(digest(bytes));
    if (!found.equalsIgnoreCase(sha256)) {
      throw refused(path, "has the SHA-256 " + found + ", not " + sha256);
    }
    return parse(path, bytes);
  }

  private static byte[] bytes(String path) throws RulesetException, IOException {
    var file = existing(path);
    if (file.isDir()) {
      throw refused(path, "is a folder");
    }
    if (file.getLen() > MOST_BYTES) {
      throw refused(
          path, "has " + file.getLen() + " bytes, and at most " + MOST_BYTES + " are read");
    }
    try (var in = file.getPath().getFileSystem().open(file.getPath())) {
      return in.readNBytes(MOST_BYTES);
    } catch (IOException failed) {
      throw unlessForbidden(path, failed);
    }
  }

  /** Only here a missing file is the document's fault: behind it, something else is in trouble. */
  private static FileStatus existing(String path) throws RulesetException, IOException {
    try {
      var file = new Path(path);
      return file.getFileSystem().getFileStatus(file);
    } catch (FileNotFoundException absent) {
      throw refused(path, "does not exist");
    } catch (UnsupportedFileSystemSchemeException | IllegalArgumentException unusable) {
      throw refused(path, "cannot be addressed here: " + unusable.getMessage());
    } catch (IOException failed) {
      throw unlessForbidden(path, failed);
    }
  }

  /**
   * Returns the failure, but for that of a storage which has answered, and the answer is no:
   * waiting does not change that, while to publish the document again costs its author little.
   */
  private static IOException unlessForbidden(String path, IOException failed)
      throws RulesetException {
    if (ExceptionUtils.findThrowable(failed, ParquetTables::isRefusal).isPresent()) {
      throw refused(
          path,
          "must not be read by the job (%s); allow it, and publish the document again"
              .formatted(failed.getMessage()));
    }
    return failed;
  }

  private static boolean isRefusal(Throwable cause) {
    return cause instanceof AccessDeniedException
        // Hadoop's, whatever package it was moved to.
        || cause.getClass().getSimpleName().equals("AccessControlException")
        // Too many open files are of this type too.
        || (cause instanceof FileNotFoundException
            && String.valueOf(cause.getMessage()).endsWith("(Permission denied)"));
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  private static Map<String, String> parse(String path, byte[] bytes) throws RulesetException {
    var table = new HashMap<String, String>();
    try (var in = new ByteStreamStateHandle(path, bytes).openInputStream();
        var rows =
            AvroParquetReader.<GenericRecord>builder(
                    new ParquetInputFile(in, bytes.length), new PlainParquetConfiguration())
                .withDataModel(GenericData.get())
                .build()) {
      for (var row = rows.read(); row != null; row = rows.read()) {
        if (table.size() == MOST_ROWS) {
          throw refused(path, "has more than %,d rows, and that is the limit".formatted(MOST_ROWS));
        }
        var key = text(path, row, KEY);
        if (table.put(key, text(path, row, VALUE)) != null) {
          throw refused(path, "names the key '" + key + "' twice");
        }
      }
    } catch (IOException | RuntimeException malformed) { // what Parquet throws is of many types
      throw refused(path, "is no Parquet file that can be read: " + malformed.getMessage());
    }
    return table;
  }

  private static String text(String path, GenericRecord row, String column)
      throws RulesetException {
    if (row.getSchema().getField(column) == null
        || !(row.get(column) instanceof CharSequence text)) {
      throw refused(path, "must have the text columns key and value, without nulls");
    }
    return text.toString();
  }

  private static RulesetException refused(String path, String what) {
    return new RulesetException("parquet: the file " + path + " " + what, 0, 0);
  }
}
