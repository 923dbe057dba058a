package io.riskstream.chaos.mutant;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * Builds the job anew with a {@link Patch}: compiles the files that it edits, and they alone,
 * against the job jar, and puts their classes over those in a copy of it. What another class has
 * taken in as a constant stays there as it was, so a patch of a constant names all files that use
 * it. Needs the sources, so a checkout, and a JDK.
 */
public final class PatchedJar {
  private static final String SOURCES = "src/main/java";
  private static final String VERSION = "io/riskstream/cli/version.properties";

  private PatchedJar() {}

  /**
   * Makes the jar, over one that may be there.
   *
   * @param checkout folder with the sources that the job jar was built of
   * @param flinkJars what a cluster has beside the job
   * @param target file to write
   * @return target
   * @throws PatchException if there are no sources, or the patch does not fit them
   */
  public static Path make(
      Patch patch, Path checkout, Path jobJar, List<Path> flinkJars, Path target)
      throws IOException, PatchException {
    var classes = Files.createTempDirectory("riskstream-" + patch.name() + "-");
    try {
      var classpath = new ArrayList<>(List.of(jobJar));
      classpath.addAll(flinkJars);
      compile(patch, checkout, classpath, classes);
      Files.createDirectories(target.toAbsolutePath().getParent());
      Files.copy(jobJar, target, StandardCopyOption.REPLACE_EXISTING);
      overlay(classes, target);
    } finally {
      delete(classes);
    }
    return target;
  }

  /**
   * Writes the classes of the edited files, and the version where the patch has one, into a folder.
   *
   * @throws PatchException if the patch does not fit the sources
   */
  static void compile(Patch patch, Path checkout, List<Path> classpath, Path classes)
      throws IOException, PatchException {
    var scratch = Files.createTempDirectory("riskstream-" + patch.name() + "-sources-");
    try {
      var files = new ArrayList<String>();
      for (var edited : edited(patch, checkout).entrySet()) {
        var file = scratch.resolve(edited.getKey());
        Files.createDirectories(file.getParent());
        files.add(Files.writeString(file, edited.getValue()).toString());
      }
      compile(patch, files, classpath, classes);
    } finally {
      delete(scratch);
    }
    if (patch.version().isPresent()) {
      var file = classes.resolve(VERSION);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "version=" + patch.version().get() + System.lineSeparator());
    }
  }

  private static Map<String, String> edited(Patch patch, Path checkout)
      throws IOException, PatchException {
    var sources = new LinkedHashMap<String, String>();
    for (var edit : patch.edits()) {
      var source = sources.get(edit.file());
      if (source == null) {
        source = read(patch, checkout.resolve(SOURCES).resolve(edit.file()));
      }
      sources.put(edit.file(), edit.applyTo(source, patch.name()));
    }
    return sources;
  }

  private static String read(Patch patch, Path file) throws IOException, PatchException {
    try {
      return Files.readString(file);
    } catch (NoSuchFileException absent) {
      throw new PatchException(
          "patch %s: there is no %s; patched builds need the sources: run this in a checkout"
              .formatted(patch.name(), file),
          absent);
    }
  }

  private static void compile(Patch patch, List<String> files, List<Path> classpath, Path classes)
      throws PatchException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new PatchException("this Java has no compiler; run it with a JDK");
    }
    var path =
        classpath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    var options =
        List.of("-d", classes.toString(), "-cp", path, "--release", "17", "-proc:none", "-nowarn");
    var complaints = new StringWriter();
    try (var manager = compiler.getStandardFileManager(null, null, null)) {
      var units = manager.getJavaFileObjectsFromStrings(files);
      if (!compiler.getTask(complaints, manager, null, options, null, units).call()) {
        throw new PatchException(
            "patch %s does not compile; adapt it to the sources, or build the jar of them anew:%n%s"
                .formatted(patch.name(), complaints));
      }
    } catch (IOException closing) {
      throw new PatchException("the compiler's files cannot be closed", closing);
    }
  }

  private static void overlay(Path classes, Path jar) throws IOException {
    try (var inJar = FileSystems.newFileSystem(jar, Map.of());
        var files = Files.walk(classes)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        var entry = inJar.getPath("/").resolve(classes.relativize(file).toString());
        Files.createDirectories(entry.getParent());
        Files.copy(file, entry, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    List<Path> files;
    try (var walked = Files.walk(folder)) {
      files = new ArrayList<>(walked.toList());
    }
    for (var last = files.size() - 1; last >= 0; last--) { // a folder comes before what it holds
      Files.delete(files.get(last));
    }
  }
}
