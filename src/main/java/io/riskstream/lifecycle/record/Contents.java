package io.riskstream.lifecycle.record;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/** Copies of files, each named by what it holds, so that the same content is kept once. */
final class Contents {
  private static final int NAME_BYTES = 10;

  private final Path folder;

  Contents(Path record) {
    this.folder = record.resolve("files");
  }

  /** Returns the file of a name that {@link #keep} gave. */
  Path file(String name) {
    return folder.resolve(name);
  }

  /** Copies a file, unless its content is here already, and returns the copy. */
  Path keep(Path original, String ending) throws IOException {
    var digest = sha256();
    try (var in = new DigestInputStream(Files.newInputStream(original), digest)) {
      in.transferTo(OutputStream.nullOutputStream());
    }
    var hash = HexFormat.of().formatHex(digest.digest(), 0, NAME_BYTES);
    var copy = folder.resolve(hash + ending);
    if (!Files.exists(copy)) {
      Files.createDirectories(folder);
      // Readable by its owner only, as a configuration may name secrets; moved, so that it is
      // whole.
      var whole = Files.createTempFile(folder, "new", ".tmp");
      try (var in = Files.newInputStream(original);
          var out = Files.newOutputStream(whole)) {
        in.transferTo(out);
      }
      Files.move(whole, copy, StandardCopyOption.ATOMIC_MOVE);
    }
    return copy;
  }

  /** Removes what none of the names, or paths that end with them, refers to. */
  void removeAllBut(Collection<String> referred) throws IOException {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (var files = Files.newDirectoryStream(folder)) {
      for (var file : files) {
        var name = file.getFileName().toString();
        if (referred.stream().noneMatch(text -> text.endsWith(name))) {
          Files.delete(file);
        }
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) { // every Java has it
      throw new IllegalStateException(impossible);
    }
  }
}
