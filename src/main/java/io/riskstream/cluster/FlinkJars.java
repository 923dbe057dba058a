package io.riskstream.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jars that a process of Flink runs on, as the lib folder of a Flink distribution has them. All
 * of them were there when {@link #find} returned.
 */
public final class FlinkJars {
  private static final String LIST = "flink.classpath";

  private FlinkJars() {}

  /**
   * Returns them in the order of the class path.
   *
   * @throws IOException if the list, or a jar of it, is not there; the message says how to make it
   */
  public static List<Path> find() throws IOException {
    var home = Installation.home();
    for (var folder : List.of(home.resolve("lib"), home.resolve("target"))) {
      var list = folder.resolve(LIST);
      if (Files.isRegularFile(list)) {
        return read(list, home);
      }
    }
    throw new IOException(
        "the list of Flink's jars, "
            + home.resolve("target").resolve(LIST)
            + ", is not there; "
            + Installation.REMEDY);
  }

  /** A distribution's list is relative to its folder, which may lie anywhere. */
  private static List<Path> read(Path list, Path home) throws IOException {
    var jars =
        Stream.of(Files.readString(list).strip().split(File.pathSeparator, -1))
            .map(home::resolve)
            .toList();
    for (var jar : jars) {
      if (!Files.isReadable(jar)) {
        throw new IOException(
            jar + ", which " + list + " names, is not there; " + Installation.REMEDY);
      }
    }
    return jars;
  }
}
