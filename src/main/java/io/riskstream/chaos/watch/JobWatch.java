package io.riskstream.chaos.watch;

import com.fasterxml.jackson.databind.JsonNode;
import io.riskstream.chaos.watch.JobSample.CompletedCheckpoint;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Looks at a job from outside, five times a second, for as long as it is open, and remembers what
 * it saw over restarts of the job and deaths of its JobManagers. Flink is to be set so that its
 * answers are young; {@link io.riskstream.chaos.stage.Stage} does.
 */
public final class JobWatch implements AutoCloseable {
  /** So short that a JobManager that stands still is seen to. */
  private static final Duration PATIENCE_OF_A_LOOK = Duration.ofSeconds(2);

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);
  private static final int LOOKS_BETWEEN_FAILURES = 3;

  private final FlinkRest rest;
  private final FlinkRest patientRest;
  private final String jobId;
  private final SourceReads reads;
  private final List<JobSample> samples = new ArrayList<>();
  private final Map<JobFailure, JobFailure> failures = new LinkedHashMap<>();
  private final Thread looks = new Thread(this::lookOnAndOn, "job-watch");
  private long lookNumber;

  private JobWatch(String restAddress, String jobId) {
    this.rest = new FlinkRest(restAddress, PATIENCE_OF_A_LOOK);
    this.patientRest = new FlinkRest(restAddress, PATIENCE);
    this.jobId = jobId;
    this.reads = new SourceReads(rest, jobId);
  }

  /**
   * Starts to look.
   *
   * @param restAddress {@code host:port} of the JobManager, which may come and go
   */
  public static JobWatch start(String restAddress, String jobId) {
    var watch = new JobWatch(restAddress, jobId);
    watch.looks.setDaemon(true);
    watch.looks.start();
    return watch;
  }

  public String jobId() {
    return jobId;
  }

  /** Returns Flink's interface, for questions that have time. */
  public FlinkRest rest() {
    return patientRest;
  }

  /** Returns all samples so far, in order of time. */
  public synchronized List<JobSample> samples() {
    return List.copyOf(samples);
  }

  /** Returns the newest sample. */
  public synchronized JobSample now() {
    return samples.isEmpty()
        ? JobSample.unanswered(System.currentTimeMillis())
        : samples.get(samples.size() - 1);
  }

  /** Returns the failures that Flink has recorded from then on. */
  public synchronized List<JobFailure> failuresSince(long millis) {
    return failures.values().stream().filter(failure -> failure.atMillis() >= millis).toList();
  }

  /** Returns how often the job was restarted, or taken over by another JobManager. */
  public synchronized long restarts() {
    var sum = 0L;
    JobSample before = null;
    for (var sample : samples) {
      if (sample.isAnswered()) {
        if (before != null && sample.jobManagerMillis() != before.jobManagerMillis()) {
          sum += Math.max(1, sample.restarts());
        } else if (before != null) {
          sum += sample.restarts() - before.restarts();
        }
        before = sample;
      }
    }
    return sum;
  }

  /** Returns how many checkpoints have failed, as each JobManager counts them. */
  public synchronized long failedCheckpoints() {
    var sum = 0L;
    JobSample before = null;
    for (var sample : samples) {
      if (sample.isAnswered()) {
        var isSame = before != null && sample.jobManagerMillis() == before.jobManagerMillis();
        sum += sample.failedCheckpoints() - (isSame ? before.failedCheckpoints() : 0);
        before = sample;
      }
    }
    return sum;
  }

  /**
   * Returns how many records the job's sources have read, those that they read again each time. It
   * is what was seen: what a task read in the last half second of its life is missing.
   */
  public long recordsRead() {
    return reads.sum();
  }

  /** Returns the recovery from a fault, if it has happened. */
  public Optional<Recovery> recovery(long struckMillis, long endedMillis) {
    return Recovery.of(samples(), struckMillis, endedMillis);
  }

  /**
   * Waits for a sample.
   *
   * @return false if none came in time
   */
  public boolean await(Predicate<JobSample> wanted, Duration atMost) throws InterruptedException {
    var deadlineNanos = System.nanoTime() + atMost.toNanos();
    synchronized (this) {
      while (samples.isEmpty() || !wanted.test(now())) {
        var leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
        if (leftMillis <= 0) {
          return false;
        }
        wait(leftMillis);
      }
      return true;
    }
  }

  @Override
  public void close() {
    looks.interrupt();
  }

  private void lookOnAndOn() {
    try {
      while (true) {
        look();
        TimeUnit.MILLISECONDS.sleep(BETWEEN_LOOKS.toMillis());
      }
    } catch (InterruptedException closed) {
      // Nobody wants to know any more.
    }
  }

  private void look() throws InterruptedException {
    var atMillis = System.currentTimeMillis();
    try {
      add(sample(atMillis));
    } catch (IOException noAnswer) {
      add(JobSample.unanswered(atMillis));
      return;
    }
    lookNumber++;
    if (lookNumber % LOOKS_BETWEEN_FAILURES == 0) {
      try {
        lookForFailures();
        reads.look();
      } catch (IOException noAnswer) {
        // The next look says so, if it gets none either.
      }
    }
  }

  private synchronized void add(JobSample sample) {
    samples.add(sample);
    notifyAll();
  }

  private JobSample sample(long atMillis) throws IOException, InterruptedException {
    var job = rest.get("/jobs/" + jobId);
    var checkpoints = rest.get("/jobs/" + jobId + "/checkpoints");
    var tasks = 0;
    var running = 0;
    for (var vertex : job.path("vertices")) {
      tasks += vertex.path("parallelism").asInt();
      running += vertex.path("tasks").path("RUNNING").asInt();
    }
    var counts = checkpoints.path("counts");
    return new JobSample(
        atMillis,
        job.path("timestamps").path("INITIALIZING").asLong(),
        job.path("state").asText(),
        tasks,
        running,
        // Flink's metric of restarts stands still while a task manager that died is asked.
        counts.path("restored").asLong(),
        counts.path("completed").asLong(),
        counts.path("failed").asLong(),
        completed(checkpoints.path("latest").path("completed")));
  }

  private static CompletedCheckpoint completed(JsonNode checkpoint) {
    return checkpoint.path("id").isMissingNode()
        ? CompletedCheckpoint.NONE
        : new CompletedCheckpoint(
            checkpoint.path("id").asLong(),
            checkpoint.path("trigger_timestamp").asLong(),
            checkpoint.path("latest_ack_timestamp").asLong());
  }

  private void lookForFailures() throws IOException, InterruptedException {
    var history = rest.get("/jobs/" + jobId + "/exceptions").path("exceptionHistory");
    for (var entry : history.path("entries")) {
      remember(entry);
      entry.path("concurrentExceptions").forEach(this::remember);
    }
  }

  private synchronized void remember(JsonNode entry) {
    var failure =
        new JobFailure(
            entry.path("timestamp").asLong(),
            entry.path("stacktrace").asText(),
            entry.path("taskName").asText(""),
            entry.path("taskManagerId").asText(""));
    failures.putIfAbsent(failure, failure);
  }
}
