package io.riskstream.lifecycle.program;

import io.riskstream.lifecycle.cluster.LifecycleException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;

/**
 * A job jar, and the Flink that its program runs beside.
 *
 * @param flinkJars what the lib folder of a Flink distribution holds
 */
public record JobJar(Path file, List<Path> flinkJars) {
  private static final String MAIN = "io/riskstream/cli/Riskstream.class";
  private static final String BUNDLED = "picocli/CommandLine.class";

  public JobJar {
    flinkJars = List.copyOf(flinkJars);
  }

  /** Refuses what is no job jar of riskstream. */
  public void require() throws LifecycleException {
    if (!Files.isRegularFile(file)) {
      throw new LifecycleException(
          "there is no jar %s; mvn package makes target/riskstream-VERSION-job.jar"
              .formatted(file));
    }
    try (var jar = new JarFile(file.toFile())) {
      if (jar.getEntry(MAIN) == null) {
        throw new LifecycleException(
            "%s is no jar of riskstream: it has no io.riskstream.cli.Riskstream. --jar takes the"
                    .formatted(file)
                + " riskstream-VERSION-job.jar that mvn package makes");
      }
      if (jar.getEntry(BUNDLED) == null) {
        throw new LifecycleException(
            "%s holds our classes alone, without the libraries of the job; --jar takes the"
                    .formatted(file)
                + " riskstream-VERSION-job.jar beside it");
      }
    } catch (IOException unreadable) {
      throw new LifecycleException(file + " cannot be read as a jar; build it anew", unreadable);
    }
  }
}
