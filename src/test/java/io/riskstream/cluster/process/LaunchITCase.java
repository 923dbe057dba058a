package io.riskstream.cluster.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who ends with whom: programs, and the JVM that started them. */
@Timeout(60)
class LaunchITCase {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final List<String> PROGRAM = List.of("sleep", "60");

  @TempDir Path folder;

  @Test
  void anAttachedProgramEndsWithItsJvmHoweverThatEnds() throws Exception {
    var jvm = jvm("attached");
    var program = programOf(jvm);
    assertThat(program.isAlive()).isTrue();

    jvm.destroyForcibly().waitFor();

    assertThat(program.awaitEnd(SOON)).isTrue();
  }

  @Test
  void aDetachedProgramOutlivesItsJvm() throws Exception {
    var jvm = jvm("detached");
    var program = programOf(jvm);
    try {
      jvm.getOutputStream().close();
      assertThat(jvm.waitFor()).isZero();

      assertThat(program.isAlive()).isTrue();
      assertThat(session(program)).isEqualTo(program.pid());
    } finally {
      program.kill();
    }
    assertThat(program.isAlive()).isFalse();
  }

  @Test
  void aProgramThatIsPausedEndsWhenItIsAsked() throws Exception {
    var program = Launch.attached(folder.resolve("log"), Map.of(), PROGRAM);
    program.signal("STOP");
    assertThat(program.isAlive()).isTrue();

    program.terminate();

    assertThat(program.awaitEnd(SOON)).isTrue();
  }

  @Test
  void anotherProcessOfTheSameIdIsNeverTakenForIt() throws Exception {
    var program = Launch.attached(folder.resolve("log"), Map.of(), PROGRAM);
    var former = new ProcessMark(program.pid(), program.started() + "0");

    assertThat(former.isAlive()).isFalse();
    former.kill();
    former.terminate();

    assertThat(program.isAlive()).isTrue();
    program.kill();
  }

  @Test
  void outputIsAppended() throws Exception {
    var log = Files.writeString(folder.resolve("log"), "former\n");

    var program = Launch.attached(log, Map.of("WORD", "later"), List.of("sh", "-c", "echo $WORD"));

    assertThat(program.awaitEnd(SOON)).isTrue();
    assertThat(log).hasContent("former\nlater\n");
  }

  private Process jvm(String kind) throws IOException {
    var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    var classpath = System.getProperty("java.class.path");
    var log = folder.resolve("log").toString();
    return new ProcessBuilder(
            java,
            "-XX:TieredStopAtLevel=1",
            "-cp",
            classpath,
            LaunchMain.class.getName(),
            kind,
            log)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static ProcessMark programOf(Process jvm) throws IOException {
    var pid = jvm.inputReader().readLine();
    return ProcessMark.of(Long.parseLong(pid)).orElseThrow();
  }

  private static long session(ProcessMark program) throws IOException {
    var stat = Files.readString(Path.of("/proc/" + program.pid() + "/stat"));
    return Long.parseLong(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[3]);
  }
}
