package io.riskstream.benchmarks.latency;

import io.riskstream.benchmarks.check.CommonPart;
import io.riskstream.benchmarks.check.Judgement;
import io.riskstream.benchmarks.contender.ContenderRun;
import io.riskstream.benchmarks.measure.Progress;
import io.riskstream.benchmarks.workload.TopicProgress;
import io.riskstream.benchmarks.workload.Workload;
import io.riskstream.config.KafkaConfig;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.load.event.EventFormats;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * Loads a pipeline that runs already, wherever that is, and measures how soon its results are
 * visible. What it wrote is not compared, as it may have other input too; the manifests stay.
 */
public final class DeployedPart {
  private final LatencyPart.Plan plan;
  private final RiskstreamConfig config;
  private final Workload workload;
  private final Path folder;
  private final Consumer<String> progress;

  /**
   * @param config of the pipeline: its topics, its Redis, its lake
   * @param folder for the manifests
   */
  public DeployedPart(
      LatencyPart.Plan plan,
      RiskstreamConfig config,
      Workload workload,
      Path folder,
      Consumer<String> progress) {
    this.plan = plan;
    this.config = config;
    this.workload = workload;
    this.folder = folder;
    this.progress = progress;
  }

  /** Measures at each rate, one after the other. */
  public LatencyReport run() throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var reports = new ArrayList<RateReport>();
    for (var rate : LatencyPart.rates(plan.rates(), OptionalDouble.empty())) {
      progress.accept(
          "%s: %,.0f events/s to %s, %,d users for %d s"
              .formatted(
                  workload.name(),
                  rate.eventsPerSecond(),
                  config.kafka().bootstrapServers(),
                  workload.users().count(),
                  plan.length().toSeconds()));
      var manifest = folder.resolve("manifest-%d.jsonl".formatted(reports.size() + 1));
      try {
        reports.add(measure(rate, manifest));
      } catch (InterruptedException interrupted) {
        throw interrupted;
      } catch (Exception failed) { // the other rates go on
        reports.add(RateReport.failed(rate, String.valueOf(failed.getMessage())));
      }
    }
    return new LatencyReport(
        plan.warmUp().toMillis() / 1e3, plan.measured().toMillis() / 1e3, null, reports);
  }

  private RateReport measure(LatencyPart.Rate rate, Path manifest) throws Exception {
    var load = new ProbedLoad(workload, rate.eventsPerSecond(), plan.length());
    try (var job = new Deployed(config.kafka())) {
      var pipeline = new UnderLoad(job, config, writer -> EventFormats.json(), manifest);
      return new OpenLoop(plan, rate, load, pipeline).run();
    }
  }

  /** A job of which nothing is known but what its consumer group has committed since now. */
  private static final class Deployed implements ContenderRun {
    private final KafkaConfig kafka;
    private final Admin admin;
    private final TopicProgress progress;

    Deployed(KafkaConfig kafka) throws IOException {
      this.kafka = kafka;
      var properties = new HashMap<String, Object>(kafka.properties());
      properties.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers());
      this.admin = Admin.create(properties);
      this.progress = new TopicProgress(admin);
      try {
        progress.beginHere(kafka.eventsTopic());
      } catch (IOException failed) {
        admin.close();
        throw failed;
      }
    }

    @Override
    public Progress progress() throws IOException {
      return progress.of(kafka.groupId(), kafka.eventsTopic());
    }

    @Override
    public Set<Long> processes() {
      return Set.of();
    }

    @Override
    public OptionalLong stateBytes() {
      return OptionalLong.empty();
    }

    @Override
    public void requireAlive() {}

    @Override
    public Judgement judge(CommonPart must) {
      return Judgement.right(must.records());
    }

    @Override
    public void close() {
      admin.close();
    }
  }
}
