package io.riskstream.reference.rules;

import java.util.Map;

/** Gives the content of the Parquet files that dimension documents name. */
@FunctionalInterface
public interface DimensionFiles {
  /** For documents that name no file. */
  DimensionFiles NONE =
      (path, sha256) -> {
        throw new IllegalStateException("no way was given to read " + path);
      };

  /** Returns what the file's columns {@code key} and {@code value} say; null if it is another. */
  Map<String, String> read(String path, String sha256);
}
