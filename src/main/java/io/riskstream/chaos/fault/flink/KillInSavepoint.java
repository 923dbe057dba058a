package io.riskstream.chaos.fault.flink;

import io.riskstream.chaos.fault.Aftermath;
import io.riskstream.chaos.fault.Fault;
import io.riskstream.chaos.fault.Proof;
import io.riskstream.chaos.stage.Stage;
import io.riskstream.cluster.ClusterMember;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The TaskManager that runs the most dies while a savepoint is being taken, which is begun for it;
 * at the end another takes its place. The savepoint must fail, and the job go on without it.
 */
public final class KillInSavepoint implements Fault {
  private static final int MOST_ATTEMPTS = 5;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration FOR_COMPLETION = Duration.ofMillis(300);
  private static final Duration FOR_FAILURE = Duration.ofSeconds(20);
  private static final long POLL_NANOS = 300_000;
  private static final long POLL_MILLIS = 200;

  private Aftermath aftermath;
  private ClusterMember killed;
  private Path folder;
  private String request;
  private int attempts;

  @Override
  public void strike(Stage stage) throws IOException, InterruptedException {
    var worker = Workers.busiest(stage);
    aftermath = Aftermath.begin(stage);
    while (killed == null && attempts < MOST_ATTEMPTS) {
      attempts++;
      var target = stage.savepoints().resolve("to-be-killed-" + attempts);
      Files.createDirectories(target);
      try (var freezer = Freezer.of(List.of(worker))) {
        request = trigger(stage, target);
        var begun = awaitFolder(target);
        if (begun.isEmpty()) {
          continue;
        }
        freezer.freeze();
        folder = begun.get();
        if (staysIncomplete(folder)) {
          worker.kill();
          killed = worker;
        } else {
          freezer.thaw();
        }
      }
    }
  }

  @Override
  public void end(Stage stage) throws IOException {
    Workers.replaceDead(stage);
  }

  @Override
  public Proof proof(Stage stage) throws IOException, InterruptedException {
    if (killed == null) {
      return new Proof.Missing(
          "%d savepoints were complete before a task manager stood still".formatted(attempts));
    }
    var failure = awaitFailure(stage);
    return Proof.of(
        !CheckpointFolders.isComplete(folder) && failure.isPresent() && aftermath.restarts() > 0,
        "%s killed during savepoint %s, which %s; restarts %d"
            .formatted(
                killed,
                folder.getFileName(),
                failure.map(cause -> "failed: " + cause).orElse("did not fail"),
                aftermath.restarts()));
  }

  private static String trigger(Stage stage, Path target) throws IOException, InterruptedException {
    var document = Map.of("target-directory", target.toUri().toString(), "cancel-job", false);
    var answer =
        stage.watch().rest().post("/jobs/" + stage.watch().jobId() + "/savepoints", document);
    return answer.path("request-id").asText();
  }

  private static Optional<Path> awaitFolder(Path target) throws IOException {
    var deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < deadlineNanos) {
      try (var folders = Files.newDirectoryStream(target)) {
        var iterator = folders.iterator();
        if (iterator.hasNext()) {
          return Optional.of(iterator.next());
        }
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return Optional.empty();
  }

  /** What was acknowledged before the worker stood still may still complete it. */
  private static boolean staysIncomplete(Path folder) {
    var deadlineNanos = System.nanoTime() + FOR_COMPLETION.toNanos();
    while (System.nanoTime() < deadlineNanos) {
      if (CheckpointFolders.isComplete(folder)) {
        return false;
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
    return true;
  }

  private Optional<String> awaitFailure(Stage stage) throws IOException, InterruptedException {
    var path = "/jobs/" + stage.watch().jobId() + "/savepoints/" + request;
    var deadlineNanos = System.nanoTime() + FOR_FAILURE.toNanos();
    while (System.nanoTime() < deadlineNanos) {
      var answer = stage.watch().rest().get(path);
      if (answer.path("status").path("id").asText().equals("COMPLETED")) {
        var cause = answer.path("operation").path("failure-cause");
        return cause.isMissingNode()
            ? Optional.empty()
            : Optional.of(Aftermath.quote(rootLine(cause.path("stack-trace").asText())));
      }
      TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
    }
    return Optional.empty();
  }

  /** Returns the line of the innermost cause, which says what happened. */
  private static String rootLine(String stackTrace) {
    return stackTrace
        .lines()
        .filter(line -> line.startsWith("Caused by: "))
        .reduce((first, second) -> second)
        .orElseGet(() -> stackTrace.lines().findFirst().orElse("no reason given"));
  }
}
