package io.riskstream.chaos.fault.flink;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Files of the lake that are written to their end and not committed. Flink writes a file under a
 * hidden name and renames it when it is committed; Parquet ends a file with its magic number.
 */
final class PendingFiles {
  private static final String MARK = ".inprogress.";
  private static final String MAGIC = "PAR1";

  private PendingFiles() {}

  /** Returns those below the folder, by their hidden names. */
  static List<Path> in(Path lake) throws IOException {
    var pending = new ArrayList<Path>();
    try (var files = Files.walk(lake)) {
      for (var file : (Iterable<Path>) files::iterator) {
        if (file.getFileName().toString().contains(MARK) && isWritten(file)) {
          pending.add(file);
        }
      }
    }
    return pending;
  }

  /** Returns the file's name once it is committed. */
  static Path committed(Path pending) {
    var name = pending.getFileName().toString();
    return pending.resolveSibling(name.substring(1, name.indexOf(MARK)));
  }

  private static boolean isWritten(Path path) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "r")) {
      if (file.length() < 2L * MAGIC.length()) {
        return false;
      }
      var end = new byte[MAGIC.length()];
      file.seek(file.length() - end.length);
      file.readFully(end);
      return new String(end, StandardCharsets.US_ASCII).equals(MAGIC);
    } catch (FileNotFoundException committedMeanwhile) {
      return false;
    }
  }
}
