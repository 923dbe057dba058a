package io.riskstream.bench;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.tools.ToolProvider;

/**
 * Runs the benchmarks of this package, with JMH's own arguments. What JMH generates from their
 * sources is compiled here and at this time, so that the build knows nothing of it; to be started
 * in the checkout's folder.
 */
public final class Benchmarks {
  private static final Path SOURCES = Path.of("src", "test", "java", "io", "riskstream", "bench");

  private Benchmarks() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    System.exit(start(List.of(arguments)).waitFor());
  }

  /** Starts JMH as a process, which writes to where this one does. */
  static Process start(List<String> arguments) throws IOException {
    var generated = Files.createDirectories(Path.of("target", "benchmarks"));
    var classPath = System.getProperty("surefire.test.class.path");
    if (classPath == null) {
      classPath = System.getProperty("java.class.path");
    }
    compile(generated, classPath);
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of("-cp", generated + File.pathSeparator + classPath, "org.openjdk.jmh.Main"));
    command.addAll(arguments);
    return new ProcessBuilder(command).inheritIO().start();
  }

  private static void compile(Path target, String classPath) throws IOException {
    var arguments =
        new ArrayList<>(
            List.of(
                "-nowarn",
                "-d",
                target.toString(),
                "-cp",
                classPath,
                "-processor",
                "org.openjdk.jmh.generators.BenchmarkProcessor"));
    try (var sources = Files.list(SOURCES)) {
      sources
          .map(Path::toString)
          .filter(source -> source.endsWith("Benchmark.java") || source.endsWith("Users.java"))
          .forEach(arguments::add);
    }
    var compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null || compiler.run(null, null, null, arguments.toArray(String[]::new)) != 0) {
      throw new IOException("the benchmarks of " + SOURCES + " do not compile; run this by a JDK");
    }
  }
}
