package io.riskstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Flink's jars and the job jar, of a checkout and of a distribution. */
class FlinkJarsTest {
  private static final String HOME = "riskstream.home";

  @TempDir Path home;

  @BeforeEach
  void install() {
    System.setProperty(HOME, home.toString());
  }

  @AfterEach
  void forget() {
    System.clearProperty(HOME);
  }

  @Test
  void ofACheckoutLieWhereTheBuildFoundThem() throws Exception {
    var jar = Files.createFile(home.resolve("flink.jar"));
    Files.writeString(folder("target").resolve("flink.classpath"), jar.toString());
    var job = Files.createFile(home.resolve("target/riskstream-1-job.jar"));
    Files.createFile(home.resolve("target/riskstream-1.jar"));

    assertThat(FlinkJars.find()).containsExactly(jar);
    assertThat(JobJarFile.find()).isEqualTo(job);
  }

  @Test
  void ofADistributionLieInItsFolders() throws Exception {
    var second = Files.createFile(folder("lib").resolve("b.jar"));
    var first = Files.createFile(home.resolve("lib/a.jar"));
    Files.writeString(home.resolve("lib/flink.classpath"), "lib/b.jar:lib/a.jar");
    var job = Files.createFile(folder("job").resolve("riskstream-1-job.jar"));

    assertThat(FlinkJars.find()).containsExactly(second, first);
    assertThat(JobJarFile.find()).isEqualTo(job);
  }

  @Test
  void whatIsNotBuiltIsNamedWithTheRemedy() {
    assertThatThrownBy(FlinkJars::find)
        .hasMessageContaining("flink.classpath")
        .hasMessageContaining("mvn");
    assertThatThrownBy(JobJarFile::find)
        .hasMessageContaining("riskstream-*-job.jar")
        .hasMessageContaining("mvn");
  }

  @Test
  void aJarThatIsGoneIsNamed() throws Exception {
    Files.writeString(folder("target").resolve("flink.classpath"), "/nowhere/flink.jar");

    assertThatThrownBy(FlinkJars::find).hasMessageContaining("/nowhere/flink.jar");
  }

  @Test
  void twoJobJarsAreRefused() throws Exception {
    Files.createFile(folder("target").resolve("riskstream-1-job.jar"));
    Files.createFile(home.resolve("target/riskstream-2-job.jar"));

    assertThatThrownBy(JobJarFile::find).hasMessageContaining("more than one job jar");
  }

  private Path folder(String name) throws Exception {
    return Files.createDirectories(home.resolve(name));
  }
}
