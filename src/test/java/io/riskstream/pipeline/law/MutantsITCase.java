package io.riskstream.pipeline.law;

import static org.assertj.core.api.Assertions.assertThat;

import io.riskstream.artifact.ChildJvm;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The law finds mistakes: each of a list that is put into the domain is seen by a case, and the
 * domain as it is passes the same cases. Each runs in a JVM of its own.
 */
@Timeout(120)
final class MutantsITCase {
  private static final int CASES = 40;
  private static final String CLASSPATH = System.getProperty("java.class.path");

  @TempDir Path folder;

  @ParameterizedTest
  @MethodSource("mutants")
  void isSeen(Mutant mutant) throws Exception {
    mutant.compileInto(folder, CLASSPATH);
    assertThat(verdict()).as(mutant.name()).startsWith(LawMain.KILLED);
  }

  @Test
  void theDomainAsItIsPassesTheSameCases() throws Exception {
    assertThat(verdict()).startsWith(LawMain.SURVIVED);
  }

  private String verdict() throws Exception {
    var output = folder.resolve("output.txt");
    var options = new ArrayList<>(List.of("-Xmx1g", "-XX:TieredStopAtLevel=1"));
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(options::add);
    var classpath =
        Stream.concat(Stream.of(folder), Stream.of(CLASSPATH.split(File.pathSeparator)).map(Path::of))
            .toList();
    try (var jvm =
        ChildJvm.start(
            output,
            Map.of(),
            options,
            classpath,
            LawMain.class.getName(),
            List.of(Integer.toString(CASES)))) {
      jvm.awaitSuccess();
    }
    var verdict =
        Files.readAllLines(output).stream()
            .filter(line -> line.startsWith(LawMain.KILLED) || line.startsWith(LawMain.SURVIVED))
            .toList();
    assertThat(verdict).as("%s", Files.readString(output)).hasSize(1);
    System.out.println("VERDICT " + verdict.get(0));
    return verdict.get(0);
  }

  static List<Mutant> mutants() {
    return Mutant.ALL;
  }
}
