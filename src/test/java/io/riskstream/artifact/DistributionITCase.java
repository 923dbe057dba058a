package io.riskstream.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/riskstream} of an unpacked distribution, with the files that {@code -Pdist} packs. */
@Timeout(60)
class DistributionITCase {
  @TempDir Path folder;

  @Test
  void runsWithoutABuildFromAnyFolder() throws Exception {
    var home = unpacked(Files.createDirectories(folder.resolve("with a space & more")));

    var printed = run(home, "config", "check", "--offline");

    assertThat(printed).contains("(riskstream.yaml:").doesNotContain("building");
    assertThat(printed.strip().lines().toList()).last().asString().startsWith("verdict: PASS");
    assertThat(home.resolve("target")).doesNotExist();
  }

  private static Path unpacked(Path home) throws Exception {
    copy(Path.of("bin/riskstream"), home);
    copy(Path.of("flink-conf/riskstream.yaml"), home);
    copy(Path.of("flink-conf/log4j2-cli.xml"), home);
    var lib = Files.createDirectories(home.resolve("lib"));
    var names = new ArrayList<String>();
    for (var jar :
        Files.readString(Path.of("target/runtime.classpath")).split(File.pathSeparator, -1)) {
      var name = Path.of(jar.strip()).getFileName().toString();
      Files.createSymbolicLink(lib.resolve(name), Path.of(jar.strip()));
      names.add("lib/" + name);
    }
    Files.createSymbolicLink(lib.resolve("riskstream-0.jar"), BuiltArtifacts.mainJar());
    Files.writeString(lib.resolve("classpath"), String.join(File.pathSeparator, names));
    return home;
  }

  private static void copy(Path file, Path home) throws Exception {
    var copy = home.resolve(file);
    Files.createDirectories(copy.getParent());
    Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private String run(Path home, String... arguments) throws Exception {
    var command = new ArrayList<>(List.of(home.resolve("bin/riskstream").toString()));
    command.addAll(List.of(arguments));
    var output = folder.resolve("output");
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.directory(folder.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    var process = builder.start();
    try {
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).as("ends in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(process.exitValue()).as(Files.readString(output)).isZero();
    return Files.readString(output);
  }
}
