package io.riskstream.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.riskstream.cluster.process.Launch;
import io.riskstream.cluster.process.ProcessMark;
import io.riskstream.server.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The commands of a cluster, on a folder whose processes sleep and whose JobManager is canned. */
@Timeout(60)
class ClusterCommandTest {
  private static final String JOB = "a".repeat(32);
  private static final String NO_JOB = "{\"jobs\":[]}";
  private static final String RUNNING_JOB =
      "{\"jobs\":[{\"jid\":\"%s\",\"name\":\"riskstream\",\"state\":\"RUNNING\",\"start-time\":0}]}"
          .formatted(JOB);
  private static final String ENDED_JOB = RUNNING_JOB.replace("RUNNING", "FINISHED");

  @TempDir Path folder;
  private HttpServer rest;
  private ProcessMark jobManager;
  private ProcessMark taskManager;

  @BeforeEach
  void startSleepers() throws IOException {
    rest = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    rest.start();
    answer("/overview", "{\"slots-total\":2,\"slots-available\":1}");
    answer("/jobs/overview", NO_JOB);
    for (var name : List.of("conf", "log", "pid")) {
      Files.createDirectories(folder.resolve(name));
    }
    Files.writeString(
        folder.resolve("conf/config.yaml"),
        "taskmanager.numberOfTaskSlots: 2\nrest.port: " + rest.getAddress().getPort() + "\n");
    jobManager = sleeper("jobmanager");
    taskManager = sleeper("taskmanager-1");
  }

  @AfterEach
  void end() throws IOException {
    rest.stop(0);
    jobManager.kill();
    taskManager.kill();
  }

  @Test
  void statusPassesWhereAllIsThere() {
    answer("/jobs/overview", RUNNING_JOB);

    var run = cluster("status");

    assertThat(run.status()).as(run.toString()).isZero();
    assertThat(run.lastLine())
        .isEqualTo("verdict: PASS processes=2 of=2 slots=2 of-slots=2 jobs=1");
    assertThat(run.out())
        .contains("slots: 1 free of 2")
        .contains("job: " + JOB + "  RUNNING")
        .contains("log/taskmanager-1.log");
  }

  @Test
  void statusFailsWhereAProcessHasDied() throws Exception {
    taskManager.kill();

    var run = cluster("status");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.lastLine()).startsWith("verdict: FAIL processes=1 of=2 ");
    assertThat(run.out()).containsPattern("taskmanager-1 +\\d+ +ended");
  }

  @Test
  void statusFailsWhereATaskManagerIsNotRegistered() {
    answer("/overview", "{\"slots-total\":0,\"slots-available\":0}");

    assertThat(cluster("status").lastLine())
        .isEqualTo("verdict: FAIL processes=2 of=2 slots=0 of-slots=2 jobs=0");
  }

  @Test
  void statusFailsWhereTheJobManagerDoesNotAnswer() {
    rest.stop(0);

    var run = cluster("status");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).contains("the JobManager does not answer");
  }

  @Test
  void statusTellsNoClusterFromOneThatDied() throws Exception {
    jobManager.kill();
    taskManager.kill();
    var died = cluster("status");
    assertThat(died.status()).isEqualTo(2);
    assertThat(died.lastLine()).isEqualTo("verdict: INCONCLUSIVE reason=cluster-died");

    Files.delete(folder.resolve("pid/jobmanager.pid"));
    Files.delete(folder.resolve("pid/taskmanager-1.pid"));
    var none = cluster("status");
    assertThat(none.status()).isEqualTo(2);
    assertThat(none.lastLine()).isEqualTo("verdict: INCONCLUSIVE reason=no-cluster");
  }

  @Test
  void stopRefusesUnderARunningJob() {
    answer("/jobs/overview", RUNNING_JOB);

    var run = cluster("stop");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains(JOB, "bin/riskstream stop --jobmanager", "--abandon");
    assertThat(jobManager.isAlive()).isTrue();
    assertThat(taskManager.isAlive()).isTrue();
  }

  @Test
  void stopRefusesWhereItIsNotKnownWhatRuns() {
    rest.stop(0);

    var run = cluster("stop");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("the JobManager does not answer", "--abandon");
    assertThat(jobManager.isAlive()).isTrue();
  }

  @Test
  void stopEndsEveryProcessUnderARunningJobIfToldTo() {
    answer("/jobs/overview", RUNNING_JOB);

    assertThat(cluster("stop", "--abandon").status()).isZero();

    assertEnded();
  }

  @Test
  void stopEndsEveryProcessWhereJobsHaveEnded() {
    answer("/jobs/overview", ENDED_JOB);

    assertThat(cluster("stop").status()).isZero();

    assertEnded();
    assertThat(cluster("stop").out()).contains("no cluster runs in " + folder);
  }

  @Test
  void anIdThatAnotherProcessHasByNowIsNotSignalled() throws Exception {
    for (var name : List.of("jobmanager", "taskmanager-1")) {
      var file = folder.resolve("pid/" + name + ".pid");
      Files.writeString(file, Files.readString(file).strip() + "0\n");
    }

    assertThat(cluster("stop", "--abandon").out()).contains("no cluster runs");

    assertThat(jobManager.isAlive()).isTrue();
    assertThat(taskManager.isAlive()).isTrue();
  }

  @Test
  void startRefusesWhereAClusterRuns() {
    var run = cluster("start", "--port", "0");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("a cluster runs in " + folder + " already: http://" + address());
  }

  @Test
  void startNamesThePortThatIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var empty = folder.resolve("empty").toString();
      var port = Integer.toString(taken.getLocalPort());

      var run = CommandLineRun.of("cluster", "start", "--folder", empty, "--port", port);

      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("port " + port + " is taken by another process", "--port 0");
    }
  }

  @Test
  void startSaysThatAFileIsNoFolder() throws Exception {
    var file = Files.createFile(folder.resolve("file")).toString();

    var run = CommandLineRun.of("cluster", "start", "--folder", file);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains(file + " is no folder");
  }

  @ParameterizedTest
  @CsvSource({
    "--slots, 0, a TaskManager has 1 to 64 slots",
    "--slots, many, is not an int",
    "--task-managers, 0, a local cluster has 1 to 16 TaskManagers",
    "--task-managers, 17, a local cluster has 1 to 16 TaskManagers",
    "--port, 65536, a port is 0 to 65535",
    "-D, rest.port, KEY=VALUE",
  })
  void startRefusesWrongArguments(String option, String value, String expected) {
    var run = cluster("start", option, value);

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(expected);
  }

  private CommandLineRun cluster(String command, String... more) {
    var arguments = new ArrayList<>(List.of("cluster", command));
    arguments.addAll(List.of("--folder", folder.toString()));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray(String[]::new));
  }

  private void assertEnded() {
    assertThat(jobManager.isAlive()).isFalse();
    assertThat(taskManager.isAlive()).isFalse();
    assertThat(folder.resolve("pid")).isEmptyDirectory();
  }

  private ProcessMark sleeper(String name) throws IOException {
    var log = folder.resolve("log/" + name + ".log");
    var mark = Launch.attached(log, Map.of(), List.of("sleep", "60"));
    Files.writeString(
        folder.resolve("pid/" + name + ".pid"), mark.pid() + " " + mark.started() + "\n");
    return mark;
  }

  private void answer(String path, String json) {
    try {
      rest.removeContext(path);
    } catch (IllegalArgumentException firstAnswer) {
      // There is none to replace.
    }
    rest.createContext(
        path,
        exchange -> {
          var body = json.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
  }

  private String address() {
    return Ports.HOST + ":" + rest.getAddress().getPort();
  }
}
