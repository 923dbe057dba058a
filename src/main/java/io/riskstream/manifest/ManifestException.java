package io.riskstream.manifest;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is no manifest, or a damaged one; the message names the file and the line. */
public final class ManifestException extends IOException {
  private static final long serialVersionUID = 1L;

  ManifestException(Path file, long line, String problem) {
    super(file + ", line " + line + ": " + problem);
  }
}
