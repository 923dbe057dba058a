package io.riskstream.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.riskstream.cli.Riskstream;
import io.riskstream.cluster.FlinkJars;
import io.riskstream.cluster.JobJarFile;
import io.riskstream.pipeline.PipelineJob;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the job jar holds: all that the job needs, nothing that Flink has, and no servers. */
@Timeout(120)
class JobJarITCase {
  private static final long LEAST_BYTES = 60_000_000;
  private static final long MOST_BYTES = 100_000_000;
  private static final String VERSIONS = "META-INF/versions/\\d+/";

  /** Packages that the jar may bring, each with all below it. */
  private static final List<String> ALLOWED =
      List.of(
          "io/riskstream/",
          "org/apache/flink/connector/kafka/",
          "org/apache/flink/streaming/connectors/kafka/",
          "org/apache/flink/streaming/util/serialization/",
          "org/apache/flink/formats/avro/",
          "org/apache/flink/formats/parquet/",
          "org/apache/kafka/",
          "org/apache/avro/",
          "org/apache/parquet/",
          "shaded/parquet/",
          "org/apache/hadoop/",
          "org/apache/commons/",
          "redis/clients/",
          "com/fasterxml/jackson/",
          "com/google/gson/",
          "org/json/",
          "dev/cel/",
          "cel/parser/internal/",
          "shaded/cel/",
          "picocli/",
          "net/openhft/hashing/",
          "com/github/luben/zstd/",
          "net/jpountz/",
          "org/xerial/snappy/",
          "io/airlift/compress/",
          "javax/annotation/",
          "javax/xml/bind/");

  /** Ours that only the local distribution has. */
  private static final List<String> FORBIDDEN =
      List.of(
          "io/riskstream/demo/",
          "io/riskstream/load/",
          "org/apache/kafka/metadata/",
          "org/apache/kafka/raft/",
          "org/apache/kafka/storage/",
          "org/apache/kafka/controller/",
          "org/apache/commons/rng/",
          "org/apache/commons/logging/log4j/");

  /** Libraries that a Flink distribution carries for itself and promises to nobody. */
  private static final Set<String> ALSO_IN_FLINK =
      Set.of("commons-lang3", "commons-compress", "commons-codec", "commons-io", "lz4", "snappy");

  private static Path jar;
  private static List<String> files;
  private static Set<String> classes;

  @TempDir Path folder;

  @BeforeAll
  static void list() throws IOException {
    jar = JobJarFile.find();
    files = entries(jar);
    classes = classesOf(files);
  }

  @Test
  void everyPackageIsOneThatTheJobBrings() {
    assertThat(classes).filteredOn(name -> ALLOWED.stream().noneMatch(name::startsWith)).isEmpty();
    assertThat(classes).filteredOn(name -> FORBIDDEN.stream().anyMatch(name::startsWith)).isEmpty();
  }

  @Test
  void nothingIsThereTwiceAndNoSignatureOrServerBinary() {
    assertThat(files).doesNotHaveDuplicates();
    assertThat(files)
        .noneMatch(name -> name.matches("META-INF/[^/]*\\.(SF|DSA|RSA)"))
        .noneMatch(name -> name.contains("redis-server"))
        .noneMatch(name -> name.matches("log4j[^/]*\\.(xml|properties)"));
  }

  @Test
  void noClassIsOneThatFlinkProvides() throws IOException {
    var doubles = new HashMap<String, Set<String>>();
    for (var provided : FlinkJars.find()) {
      var name = provided.getFileName().toString();
      if (ALSO_IN_FLINK.stream().noneMatch(name::startsWith)) {
        var both = classesOf(entries(provided));
        both.retainAll(classes);
        if (!both.isEmpty()) {
          doubles.put(name, both);
        }
      }
    }
    assertThat(doubles).isEmpty();
  }

  /** So nothing is left out: neither of ours nor of the libraries that we call. */
  @Test
  void everyClassThatOursDependOnIsInTheJarOrInFlink() throws IOException {
    var ours = imported("io/riskstream/");
    assertThat(ours).extracting(JavaClass::getName).contains(PipelineJob.class.getName());
    assertThat(ours).extracting(JavaClass::getName).contains(Riskstream.class.getName());
    try (var flink = loaderOf(FlinkJars.find())) {
      var missing =
          ours.stream()
              .flatMap(one -> one.getDirectDependenciesFromSelf().stream())
              .map(dependency -> dependency.getTargetClass().getBaseComponentType())
              .filter(DescribedPredicate.not(isPrimitiveOrJava()))
              .map(target -> target.getName().replace('.', '/') + ".class")
              .filter(target -> !classes.contains(target) && flink.getResource(target) == null)
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(missing).isEmpty();
    }
  }

  @Test
  void everyProviderThatAServiceFileNamesIsThere() throws IOException {
    try (var open = new JarFile(jar.toFile());
        var flink = loaderOf(FlinkJars.find())) {
      var missing = new ArrayList<String>();
      for (var file : files) {
        if (file.startsWith("META-INF/services/")) {
          providers(open, file)
              .filter(name -> name.startsWith("io.riskstream.") || name.contains(".flink."))
              .map(name -> name.replace('.', '/') + ".class")
              .filter(name -> !classes.contains(name) && flink.getResource(name) == null)
              .forEach(name -> missing.add(file + ": " + name));
        }
      }
      assertThat(missing).isEmpty();
      // Merged from two jars: Hadoop's own and its shaded libraries'.
      assertThat(providers(open, "META-INF/services/org.apache.hadoop.fs.FileSystem"))
          .contains("org.apache.hadoop.fs.LocalFileSystem");
      assertThat(providers(open, "META-INF/services/org.apache.flink.table.factories.Factory"))
          .anyMatch(name -> name.contains("Kafka"))
          .anyMatch(name -> name.contains("Parquet"))
          .anyMatch(name -> name.contains("Avro"));
    }
  }

  @Test
  void itsSizeIsWithinBounds() throws IOException {
    var bytes = Files.size(jar);
    System.out.printf("%s: %,d bytes, %,d classes%n", jar.getFileName(), bytes, classes.size());

    assertThat(bytes).isBetween(LEAST_BYTES, MOST_BYTES);
  }

  /** As a Flink client would start it, beside Flink's libraries and nothing else. */
  @Test
  void theCommandsThatItHasShowTheirHelp() throws Exception {
    var help = run("--help");
    assertThat(help).contains("pipeline", "config").doesNotContain("demo", "load");

    assertThat(run("pipeline", "--help")).contains("--config");
    assertThat(run("config", "check", "--help")).contains("--offline");
    assertThat(run("--version")).startsWith("riskstream ");
  }

  private String run(String... arguments) throws Exception {
    var classpath = new ArrayList<>(List.of(jar));
    classpath.addAll(FlinkJars.find());
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp"));
    command.add(
        classpath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    command.add(Riskstream.class.getName());
    command.addAll(List.of(arguments));
    var output = folder.resolve("output");
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("ends in time").isTrue();
    } finally {
      process.destroyForcibly();
    }
    var printed = Files.readString(output);
    assertThat(process.exitValue()).as(printed).isZero();
    return printed;
  }

  private static Set<JavaClass> imported(String below) throws IOException {
    try (var open = new JarFile(jar.toFile())) {
      return Set.copyOf(
          new ClassFileImporter()
              .withImportOption(location -> location.contains("!/" + below))
              .importJar(open));
    }
  }

  private static DescribedPredicate<JavaClass> isPrimitiveOrJava() {
    return DescribedPredicate.describe(
        "is Java's own", one -> one.isPrimitive() || isOfThePlatform(one.getName()));
  }

  private static boolean isOfThePlatform(String name) {
    try {
      Class.forName(name, false, ClassLoader.getPlatformClassLoader());
      return true;
    } catch (ClassNotFoundException notOfThePlatform) {
      return false;
    }
  }

  private static Stream<String> providers(JarFile open, String file) throws IOException {
    var text =
        new String(open.getInputStream(open.getEntry(file)).readAllBytes(), StandardCharsets.UTF_8);
    return text.lines().map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"));
  }

  private static URLClassLoader loaderOf(List<Path> jars) throws IOException {
    var urls = new URL[jars.size()];
    for (var i = 0; i < urls.length; i++) {
      urls[i] = jars.get(i).toUri().toURL();
    }
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  private static List<String> entries(Path file) throws IOException {
    try (var open = new JarFile(file.toFile())) {
      return open.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
    }
  }

  private static Set<String> classesOf(List<String> names) {
    return names.stream()
        .filter(name -> name.endsWith(".class") && !name.endsWith("module-info.class"))
        .map(name -> name.replaceFirst(VERSIONS, ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
