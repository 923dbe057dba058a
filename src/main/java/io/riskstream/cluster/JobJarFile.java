package io.riskstream.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The job jar of this version: what a Flink cluster is given to run. */
public final class JobJarFile {
  private static final String NAME = "riskstream-*-job.jar";

  private JobJarFile() {}

  /**
   * Returns the jar.
   *
   * @throws IOException if there is none, or more than one; the message says what to do
   */
  public static Path find() throws IOException {
    return in(Installation.home());
  }

  /**
   * Returns that of another checkout.
   *
   * @param home its top folder
   * @throws IOException if there is none, or more than one; the message says what to do
   */
  public static Path in(Path home) throws IOException {
    for (var folder : List.of(home.resolve("job"), home.resolve("target"))) {
      var jars = jars(folder);
      if (jars.size() > 1) {
        throw new IOException("more than one job jar: " + jars + "; remove the older ones");
      }
      if (jars.size() == 1) {
        return jars.get(0);
      }
    }
    throw new IOException(
        "there is no job jar " + home.resolve("target") + "/" + NAME + "; " + Installation.REMEDY);
  }

  private static List<Path> jars(Path folder) throws IOException {
    var found = new ArrayList<Path>();
    if (Files.isDirectory(folder)) {
      try (var files = Files.newDirectoryStream(folder, NAME)) {
        files.forEach(found::add);
      }
    }
    return found;
  }
}
