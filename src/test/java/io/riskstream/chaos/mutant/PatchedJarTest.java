package io.riskstream.chaos.mutant;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PatchedJarTest {
  private static final String WORDS =
      "package a; public class Words { public String one() { %s } }";

  @TempDir Path folder;

  @Test
  void aCopyOfTheJarHasTheEditedClassesAndTheVersionAndAllElseAsItWas() throws Exception {
    var jar = jarOf(WORDS.formatted("return \"right\";"));
    var before = Files.readAllBytes(jar);
    var patch =
        Patch.parse(
            "wrong-words",
            """
            title: Words are wrong
            version: 2.0
            edits:
              - {file: a/Words.java, find: right, replace: wrong}
            """
                .replace("2.0", "'2.0'"));
    var patched =
        PatchedJar.make(patch, folder, jar, List.of(), folder.resolve("made/patched.jar"));
    assertThat(said(patched)).isEqualTo("wrong");
    assertThat(text(patched, "io/riskstream/cli/version.properties").strip())
        .isEqualTo("version=2.0");
    assertThat(text(patched, "kept.txt")).isEqualTo("kept");
    assertThat(Files.readAllBytes(jar)).isEqualTo(before);
    assertThat(said(jar)).isEqualTo("right");
    PatchedJar.make(patch, folder, jar, List.of(), patched);
    assertThat(said(patched)).as("made anew").isEqualTo("wrong");
  }

  private Path jarOf(String source) throws Exception {
    var file = folder.resolve("src/main/java/a/Words.java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, source);
    var classes = Files.createDirectories(folder.resolve("classes"));
    var errors = new ByteArrayOutputStream();
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, errors, "-d", classes.toString(), file.toString()))
        .as(errors.toString(UTF_8))
        .isZero();
    var jar = folder.resolve("job.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
      add(out, "a/Words.class", Files.readAllBytes(classes.resolve("a/Words.class")));
      add(out, "io/riskstream/cli/version.properties", "version=1.0".getBytes(UTF_8));
      add(out, "kept.txt", "kept".getBytes(UTF_8));
    }
    return jar;
  }

  private static void add(JarOutputStream out, String name, byte[] bytes) throws Exception {
    out.putNextEntry(new JarEntry(name));
    out.write(bytes);
    out.closeEntry();
  }

  private static String said(Path jar) throws Exception {
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
      var words = loader.loadClass("a.Words");
      return (String) words.getMethod("one").invoke(words.getConstructor().newInstance());
    }
  }

  private static String text(Path jar, String name) throws Exception {
    try (var file = new JarFile(jar.toFile())) {
      return new String(file.getInputStream(file.getJarEntry(name)).readAllBytes(), UTF_8);
    }
  }
}
