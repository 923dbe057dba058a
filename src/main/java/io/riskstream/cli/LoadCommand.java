package io.riskstream.cli;

import io.riskstream.cli.ending.StopSignals;
import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.option.DurationConverter;
import io.riskstream.cli.option.LoadBesideOptions;
import io.riskstream.cli.option.LoadShareOptions;
import io.riskstream.load.EventsTopic;
import io.riskstream.load.FilePlan;
import io.riskstream.load.LoadPlan;
import io.riskstream.load.LoadResult;
import io.riskstream.load.LoadRunner;
import io.riskstream.load.LoadSettings;
import io.riskstream.load.LoadShares;
import io.riskstream.load.PlannedRecord;
import io.riskstream.load.event.AvroProducers;
import io.riskstream.load.event.EventFormats;
import io.riskstream.load.event.LoadFormat;
import io.riskstream.manifest.ManifestWriter;
import io.riskstream.manifest.SentTopics;
import io.riskstream.producer.SkewAwarePartitioner;
import io.riskstream.registry.RegistryAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.producer.ProducerConfig;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code riskstream load}: sends generated events, or a file's, to any Kafka on an open-loop
 * schedule, and writes a manifest of what was acknowledged.
 */
@Command(
    name = "load",
    description = {
      "Sends events to Kafka at a steady rate, whether or not it keeps up, and writes a manifest of"
          + " what was acknowledged.",
      "The same seed and start time send the same bytes."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class LoadCommand implements Callable<Integer> {
  /** How long the run is. */
  private static final class Length {
    @Option(
        names = "--duration",
        converter = DurationConverter.class,
        description = "how long to send, such as 30s; without it and --count until Ctrl-C")
    private Duration duration;

    @Option(names = "--count", description = "how many records to send")
    private Long count;
  }

  private static final Duration REGISTRY_TIMEOUT = Duration.ofSeconds(10);

  @Spec private CommandSpec spec;

  @Option(names = "--bootstrap-servers", required = true, description = "Kafka, host:port,…")
  private String bootstrapServers;

  @Option(
      names = "--topic",
      defaultValue = "events",
      description = "where to; must have message.timestamp.type=LogAppendTime (${DEFAULT-VALUE})")
  private String topic;

  @Option(
      names = "--manifest",
      defaultValue = "manifest.ndjson",
      description = "file that records what was sent; replaced (${DEFAULT-VALUE})")
  private Path manifestFile;

  @Option(names = "--input", description = "NDJSON file to send, line by line, instead")
  private Path input;

  @Option(
      names = "--rate",
      defaultValue = "1000",
      description = "records a second (${DEFAULT-VALUE})")
  private double ratePerSecond;

  @ArgGroup(exclusive = true)
  private Length length = new Length();

  @Option(names = "--users", defaultValue = "10000", description = "users (${DEFAULT-VALUE})")
  private int users;

  @Option(
      names = "--zipf",
      defaultValue = "1.0",
      description = "how unevenly events fall on users; 0 is evenly (${DEFAULT-VALUE})")
  private double zipfExponent;

  @Option(names = "--seed", defaultValue = "1", description = "(${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--start-time",
      paramLabel = "MILLIS",
      description = "event time of the first record, epoch milliseconds (now)")
  private Long startTimeMillis;

  @Option(
      names = "--watermark-delay",
      converter = DurationConverter.class,
      defaultValue = "10min",
      description = "the pipeline's time.watermark-delay (${DEFAULT-VALUE})")
  private Duration watermarkDelay;

  @Option(
      names = "--allowed-lateness",
      converter = DurationConverter.class,
      defaultValue = "20min",
      description = "the pipeline's time.allowed-lateness (${DEFAULT-VALUE})")
  private Duration allowedLateness;

  @Option(
      names = "--format",
      defaultValue = "JSON",
      description =
          "json, avro (an older and a newer schema at once, both registered) or mixed"
              + " (${DEFAULT-VALUE})")
  private LoadFormat format;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "schema registry, needed for Avro; the subject is the topic's name with -value")
  private String registry;

  @Option(
      names = "--client-property",
      paramLabel = "KEY=VALUE",
      description = "further property of the Kafka clients, such as security; may be repeated")
  private Map<String, String> clientProperties = new LinkedHashMap<>();

  @Option(
      names = "--skew-aware",
      description = "spreads users with much of the traffic over all partitions")
  private boolean skewAware;

  @Mixin private LoadShareOptions shares;
  @Mixin private LoadBesideOptions beside;

  @Override
  public Integer call() {
    var settings = settings();
    requireRegistryForAvro();
    var out = spec.commandLine().getOut();
    try {
      checkTopics(topics());
      var result = input == null ? sendGenerated(settings) : sendFile(settings);
      return report(out, result);
    } catch (IOException failed) {
      spec.commandLine().getErr().println("error: " + failed.getMessage());
      return Verdict.Outcome.FAIL.exitStatus();
    }
  }

  LoadSettings settings() {
    try {
      return new LoadSettings(
          ratePerSecond,
          count(),
          users,
          zipfExponent,
          seed,
          startTimeMillis == null ? System.currentTimeMillis() : startTimeMillis,
          watermarkDelay,
          allowedLateness,
          sharesOfAll());
    } catch (IllegalArgumentException invalid) {
      throw new ParameterException(spec.commandLine(), invalid.getMessage());
    }
  }

  private LoadShares sharesOfAll() {
    var unused = beside.profiles(); // complains where it cannot be
    return shares.shares();
  }

  private long count() {
    if (length.duration != null) {
      return LoadSettings.countFor(length.duration, ratePerSecond);
    }
    return length.count == null ? Long.MAX_VALUE : length.count;
  }

  /** Returns the topics that this run sends to. */
  SentTopics topics() {
    try {
      return input == null ? beside.topics(topic) : SentTopics.eventsOnly(topic);
    } catch (IllegalArgumentException invalid) {
      throw new ParameterException(spec.commandLine(), invalid.getMessage());
    }
  }

  private void checkTopics(SentTopics topics) throws IOException {
    EventsTopic.check(bootstrapServers, topics.events(), clientProperties);
    if (topics.profilesOrNull() != null) {
      EventsTopic.check(bootstrapServers, topics.profilesOrNull(), clientProperties);
    }
    if (topics.controlOrNull() != null) {
      EventsTopic.check(bootstrapServers, topics.controlOrNull(), clientProperties);
    }
  }

  private LoadResult sendGenerated(LoadSettings settings) throws IOException {
    var described = new LinkedHashMap<>(settings.describe());
    described.putAll(beside.describe());
    if (format == LoadFormat.JSON) {
      return send(beside.beside(settings, new LoadPlan(settings)), described, null);
    }
    var producers = avroProducers();
    described.put("format", format.name().toLowerCase(Locale.ROOT));
    var events = new LoadPlan(settings, EventFormats.of(format, producers));
    return send(beside.beside(settings, events), described, producers);
  }

  private LoadResult sendFile(LoadSettings settings) throws IOException {
    var described = Map.of("input", input.toString(), "rate", Double.toString(ratePerSecond));
    try (var plan = new FilePlan(input, ratePerSecond, settings.count())) {
      return send(plan, described, null);
    }
  }

  private void requireRegistryForAvro() {
    if (format != LoadFormat.JSON && (registry == null || input != null)) {
      throw new ParameterException(
          spec.commandLine(),
          input == null
              ? "--format " + format + " needs --registry URL"
              : "--format is of generated events; the lines of --input are sent as they are");
    }
  }

  private AvroProducers avroProducers() throws IOException {
    var address = new RegistryAddress(registry, null, REGISTRY_TIMEOUT);
    return AvroProducers.register(address, topic + "-value");
  }

  private LoadResult send(
      Iterator<PlannedRecord> plan, Map<String, String> described, AvroProducers producersOrNull)
      throws IOException {
    var properties = new LinkedHashMap<>(clientProperties);
    if (skewAware) {
      properties.put(ProducerConfig.PARTITIONER_CLASS_CONFIG, SkewAwarePartitioner.class.getName());
    }
    try (var producer = LoadRunner.producer(bootstrapServers, properties);
        var manifest = ManifestWriter.create(manifestFile, topics(), described)) {
      if (producersOrNull != null) {
        producersOrNull.describe(manifest);
      }
      var runner = new LoadRunner(producer, topics(), manifest);
      StopSignals.onStop(runner::stop);
      return runner.run(plan);
    }
  }

  private int report(PrintWriter out, LoadResult result) {
    out.printf("sent to %s at %s; manifest: %s%n", topic, bootstrapServers, manifestFile);
    if (result.firstFailure() != null) {
      out.println("first failure: " + result.firstFailure());
    }
    var outcome = result.isComplete() ? Verdict.Outcome.PASS : Verdict.Outcome.FAIL;
    var verdict =
        new Verdict(outcome)
            .with("sent", result.sent())
            .with("acknowledged", result.acknowledged())
            .with("profiles", result.profiles())
            .with("documents", result.documents())
            .with("failed", result.failed());
    out.println(verdict);
    out.flush();
    return outcome.exitStatus();
  }
}
