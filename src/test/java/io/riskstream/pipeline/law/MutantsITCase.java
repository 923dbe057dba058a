package io.riskstream.pipeline.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.artifact.ChildJvm;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The law finds mistakes: each of a list that is put into the domain is seen by a case, and the
 * domain as it is passes the same cases. All in one JVM of its own, which replaces the classes.
 */
@Timeout(240)
final class MutantsITCase {
  private static final int CASES = 40;
  private static final Duration PATIENCE = Duration.ofSeconds(200);
  private static final String CLASSPATH = System.getProperty("java.class.path");

  @TempDir Path folder;

  @Test
  void eachIsSeenByACaseThatTheDomainAsItIsPasses() throws Exception {
    var arguments = new ArrayList<>(List.of(Integer.toString(CASES)));
    for (var number = 0; number < Mutant.ALL.size(); number++) {
      var classes = folder.resolve("mutant-" + number);
      Mutant.ALL.get(number).compileInto(classes, CLASSPATH);
      arguments.add(classes.toString());
    }
    var verdicts = verdicts(arguments);
    assertThat(verdicts).hasSize(Mutant.ALL.size() + 2);
    assertThat(verdicts.get(0)).endsWith(LawMain.SURVIVED);
    assertThat(verdicts.get(Mutant.ALL.size() + 1)).as("all undone").endsWith(LawMain.SURVIVED);
    var softly = new SoftAssertions();
    for (var number = 0; number < Mutant.ALL.size(); number++) {
      softly
          .assertThat(verdicts.get(1 + number))
          .as(Mutant.ALL.get(number).name())
          .contains("mutant-" + number + ": " + LawMain.KILLED);
    }
    softly.assertAll();
  }

  private List<String> verdicts(List<String> arguments) throws Exception {
    var options =
        new ArrayList<>(
            List.of(
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:ReservedCodeCacheSize=240m",
                "-javaagent:" + agent(),
                "-Xshare:auto"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(options::add);
    var classpath = Stream.of(CLASSPATH.split(File.pathSeparator)).map(Path::of).toList();
    var output = folder.resolve("output.txt");
    try (var jvm =
        ChildJvm.start(output, Map.of(), options, classpath, LawMain.class.getName(), arguments)) {
      jvm.awaitSuccess(PATIENCE);
    }
    return Files.readAllLines(output).stream()
        .filter(line -> line.contains(": " + LawMain.KILLED) || line.endsWith(LawMain.SURVIVED))
        .toList();
  }

  /** A jar that says which class of the class path is the agent. */
  private Path agent() throws IOException {
    var manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", LawMain.class.getName());
    manifest.getMainAttributes().putValue("Can-Redefine-Classes", "true");
    var jar = folder.resolve("agent.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }
}
