package io.riskstream.chaos.job;

import io.riskstream.chaos.stage.Stage;
import io.riskstream.chaos.watch.JobWatch;
import io.riskstream.lifecycle.Lifecycle;
import io.riskstream.lifecycle.cluster.FlinkCluster;
import io.riskstream.lifecycle.cluster.LifecycleException;
import io.riskstream.lifecycle.cluster.Progress;
import io.riskstream.lifecycle.program.JobJar;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The job of a scenario, which is one job to its readers, also where Flink gave it several ids. */
public final class RunningJob {
  private static final Set<String> ENDED = Set.of("FAILED", "CANCELED", "FINISHED");

  private final Stage stage;
  private final Lifecycle lifecycle;
  private final List<JobWatch> watches = new ArrayList<>();
  private String id;

  public RunningJob(Stage stage, Path folder, Duration limit, Progress progress)
      throws LifecycleException {
    this.stage = stage;
    this.lifecycle =
        new Lifecycle(
            FlinkCluster.at(stage.restAddress()), folder.resolve("deployments"), limit, progress);
  }

  /** Submits the job of a jar for the first time; every task runs when this returns. */
  public void submit(JobJar jar, Path configuration)
      throws LifecycleException, InterruptedException {
    follow(
        lifecycle.submit(jar, List.of("pipeline", "--config", configuration.toString()), null, 0));
  }

  /** Returns the settings by which load and verification reach the servers, not by its proxies. */
  public static Map<String, String> directSettings(Stage stage) {
    var direct = new HashMap<String, String>();
    direct.put("kafka.bootstrap-servers", stage.kafka().bootstrapServers());
    direct.put("hot-store.uri", stage.redis().uri().toString());
    stage.registry().ifPresent(registry -> direct.put("schema-registry.url", registry.url()));
    return direct;
  }

  /** Returns whether it has been submitted. */
  public boolean isSubmitted() {
    return id != null;
  }

  /** Looks at this id from now on. */
  public void follow(String jobId) {
    if (!jobId.equals(id)) {
      id = jobId;
      watches.add(stage.watch(jobId));
    }
  }

  public String id() {
    return id;
  }

  public Lifecycle lifecycle() {
    return lifecycle;
  }

  public Stage stage() {
    return stage;
  }

  /** Returns the look at the present id. */
  public JobWatch watch() {
    return watches.get(watches.size() - 1);
  }

  /** Returns what its sources have read under all ids. */
  public long recordsRead() {
    return watches.stream().mapToLong(JobWatch::recordsRead).sum();
  }

  public long restarts() {
    return watches.stream().mapToLong(JobWatch::restarts).sum();
  }

  /**
   * Does nothing while it lives.
   *
   * @throws IOException if it has ended for good
   */
  public void failIfEnded() throws IOException {
    var state = watch().now().state();
    if (ENDED.contains(state)) {
      throw new IOException("the job is " + state.toLowerCase(Locale.ROOT));
    }
  }

  /** Makes all that it has read final, and ends it. */
  public void drain() throws LifecycleException, InterruptedException {
    lifecycle.stop(id, true);
  }
}
