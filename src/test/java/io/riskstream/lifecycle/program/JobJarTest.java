package io.riskstream.lifecycle.program;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is given as a jar and is none; each is refused with what --jar takes. */
class JobJarTest {
  @TempDir Path folder;

  @Test
  void aFileThatIsNotThere() {
    refuses(folder.resolve("none.jar"), "there is no jar", "mvn package");
  }

  @Test
  void aFileThatIsNoJar() throws Exception {
    refuses(Files.writeString(folder.resolve("text.jar"), "text"), "cannot be read as a jar");
  }

  @Test
  void aJarOfSomethingElse() throws Exception {
    refuses(jar("a/B.class"), "no jar of riskstream", "riskstream-VERSION-job.jar");
  }

  @Test
  void ourClassesWithoutTheirLibraries() throws Exception {
    refuses(jar("io/riskstream/cli/Riskstream.class"), "without the libraries", "-VERSION-job.jar");
  }

  private void refuses(Path file, String... parts) {
    assertThatThrownBy(() -> new JobJar(file, List.of()).require())
        .hasMessageContaining(file.toString())
        .hasMessageContainingAll(parts);
  }

  private Path jar(String entry) throws IOException {
    var file = folder.resolve("some.jar");
    try (var out = new JarOutputStream(Files.newOutputStream(file))) {
      out.putNextEntry(new ZipEntry(entry));
    }
    return file;
  }
}
