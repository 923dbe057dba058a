package io.riskstream.config;

import static io.riskstream.config.RiskstreamOptions.*;

import io.riskstream.config.ConfigException.Problem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.flink.configuration.ConfigOption;
import org.apache.flink.configuration.Configuration;

/**
 * Loads the configuration from one YAML file and overrides. Either all of it is valid, or every
 * problem is reported at once.
 */
public final class ConfigLoader {
  /**
   * A valid configuration and where it came from.
   *
   * @param settings every option in effect, defaults too, then the keys that are passed on
   */
  public record Loaded(RiskstreamConfig config, List<Setting> settings) {}

  private final UnaryOperator<String> environment;

  /** A loader that resolves {@code ${env:NAME}} by the given function, null for an unset name. */
  ConfigLoader(UnaryOperator<String> environment) {
    this.environment = environment;
  }

  /**
   * Returns the configuration of the file, overridden.
   *
   * @param fileOrNull a YAML file with nested or flat keys; null if all is in the overrides
   * @throws ConfigException if anything at all is wrong
   */
  public static RiskstreamConfig load(Path fileOrNull, Map<String, String> overrides) {
    return loadWithSettings(fileOrNull, overrides).config();
  }

  /** Returns the same as {@link #load}, with the settings that it was made from. */
  public static Loaded loadWithSettings(Path fileOrNull, Map<String, String> overrides) {
    return new ConfigLoader(System::getenv).read(fileOrNull, overrides);
  }

  Loaded read(Path fileOrNull, Map<String, String> overrides) {
    var problems = new ArrayList<Problem>();
    var settings = gather(fileOrNull, overrides, problems);
    var config = config(settings, problems);
    refuseUnknown(settings, problems);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new Loaded(config, effective(settings));
  }

  private Map<String, Setting> gather(
      Path fileOrNull, Map<String, String> overrides, List<Problem> problems) {
    var settings = new LinkedHashMap<String, Setting>();
    if (fileOrNull != null) {
      settings.putAll(YamlSettings.read(fileOrNull, problems));
    }
    overrides.forEach((key, text) -> settings.put(key, new Setting(key, text, null, "-D")));
    var secrets = new Secrets(environment, problems);
    var here = Path.of("").toAbsolutePath();
    var folder = fileOrNull == null ? here : fileOrNull.toAbsolutePath().getParent();
    settings.replaceAll(
        (key, setting) -> secrets.resolve(setting, overrides.containsKey(key) ? here : folder));
    return settings;
  }

  private static RiskstreamConfig config(Map<String, Setting> settings, List<Problem> problems) {
    var read = new OptionReader(settings, problems);
    var pass = new PassThrough(settings, problems);
    var kafka =
        new KafkaConfig(
            read.servers(KAFKA_BOOTSTRAP_SERVERS),
            read.topic(KAFKA_EVENTS_TOPIC),
            read.topic(KAFKA_ALERTS_TOPIC),
            read.topic(KAFKA_DEAD_LETTERS_TOPIC),
            read.topic(KAFKA_CONTROL_TOPIC),
            read.topic(KAFKA_CONTROL_STATUS_TOPIC),
            read.topic(KAFKA_PROFILES_TOPIC),
            read.text(KAFKA_GROUP_ID),
            read.text(KAFKA_TRANSACTIONAL_ID_PREFIX),
            read.positiveDuration(KAFKA_TRANSACTION_TIMEOUT),
            pass.kafkaProperties());
    requireDistinctTopics(kafka, read);
    var source =
        new SourceConfig(
            read.startingOffsets(SOURCE_STARTING_OFFSETS),
            read.integer(SOURCE_RATE_LIMIT, 0, 100_000_000),
            read.integer(SOURCE_PARTITION_RATE_LIMIT, 0, 100_000_000),
            read.integer(SOURCE_RECORDS_PER_CHECKPOINT, 0, Integer.MAX_VALUE),
            read.onLostOffsets(SOURCE_ON_LOST_OFFSETS));
    if (source.rateLimit() > 0 && source.recordsPerCheckpoint() > 0) {
      read.refuse(
          SOURCE_RECORDS_PER_CHECKPOINT, "source.rate-limit is set too", "set one of the two");
    }
    var registry = schemaRegistry(kafka, read);
    var time =
        new TimeConfig(
            read.duration(TIME_WATERMARK_DELAY),
            read.duration(TIME_ALLOWED_LATENESS),
            read.duration(TIME_MAX_FUTURE_SKEW),
            read.positiveDuration(TIME_IDLE_TIMEOUT));
    var activity =
        new ActivityConfig(
            read.liveWindows(ACTIVITY_WINDOWS),
            read.positiveDuration(ACTIVITY_SIZE),
            read.names(EVENT_TYPES));
    var rules =
        new RulesConfig(
            read.optionalText(RULES_INITIAL),
            read.positiveDuration(RULES_GUARD),
            read.integer(RULES_BREAKER_ERRORS, 0, Integer.MAX_VALUE),
            read.integer(RULES_BREAKER_TRIGGERS, 0, Integer.MAX_VALUE),
            read.positiveDuration(RULES_BREAKER_INTERVAL));
    var profiles =
        new ProfilesConfig(
            read.positiveDuration(PROFILES_MAX_AGE), read.positiveDuration(PROFILES_IDLE_TIMEOUT));
    var quality =
        new QualityConfig(
            read.integer(QUALITY_LEAST_ROWS, 1, 1_000_000_000),
            read.integer(QUALITY_ROWS_DEVIATION, 1, 10_000),
            read.integer(QUALITY_TYPES_SHIFT, 1, 100),
            read.integer(QUALITY_ALERT_ROWS_DEVIATION, 0, 10_000),
            read.integer(QUALITY_ALERT_TYPES_SHIFT, 0, 100),
            read.integer(QUALITY_ALERT_VALIDITY, 0, 100));
    var lake =
        new LakeConfig(read.folder(LAKE_PATH), read.bytes(LAKE_ROW_GROUP_SIZE, "64 kb", "1 gb"));
    var hotStore =
        new HotStoreConfig(
            read.redisUri(HOT_STORE_URI),
            read.integer(HOT_STORE_BUFFER_SIZE, 1, 10_000_000),
            read.integer(HOT_STORE_BATCH_SIZE, 1, 100_000),
            read.positiveDuration(HOT_STORE_FLUSH_TIMEOUT),
            read.positiveDuration(HOT_STORE_DRAIN_TIMEOUT),
            read.integer(HOT_STORE_EPOCH, 0, Integer.MAX_VALUE),
            read.positiveDuration(HOT_STORE_ALERT_RETENTION),
            read.integer(HOT_STORE_ALERT_INDEX_SIZE, 1, 10_000_000));
    var name = read.text(JOB_NAME);
    var maxParallelism = read.integer(JOB_MAX_PARALLELISM, 1, 1 << 15);
    var job = new JobConfig(name, maxParallelism, pass.flink(name, maxParallelism));
    var run = new RunConfig(read.optionalFolder(RUN_STATE_PATH));
    return new RiskstreamConfig(
        kafka, registry, source, time, activity, rules, profiles, quality, lake, hotStore, job,
        run);
  }

  private static SchemaRegistryConfig schemaRegistry(KafkaConfig kafka, OptionReader read) {
    var subject = read.optionalText(SCHEMA_REGISTRY_SUBJECT);
    var basicAuth = read.optionalText(SCHEMA_REGISTRY_BASIC_AUTH);
    if (!basicAuth.isEmpty() && basicAuth.indexOf(':') < 1) {
      read.refuse(SCHEMA_REGISTRY_BASIC_AUTH, "is not user:password", "separate them by a colon");
    }
    return new SchemaRegistryConfig(
        read.httpUrl(SCHEMA_REGISTRY_URL),
        subject.isEmpty() ? kafka.eventsTopic() + "-value" : subject,
        basicAuth.isEmpty() ? null : basicAuth,
        read.positiveDuration(SCHEMA_REGISTRY_REQUEST_TIMEOUT));
  }

  private static void requireDistinctTopics(KafkaConfig kafka, OptionReader read) {
    var topics = new HashSet<String>();
    topics.add(kafka.eventsTopic());
    if (!topics.add(kafka.alertsTopic())) {
      read.refuse(KAFKA_ALERTS_TOPIC, "is the events topic", "give each its own topic");
    }
    if (!topics.add(kafka.deadLettersTopic())) {
      read.refuse(KAFKA_DEAD_LETTERS_TOPIC, "is another's topic", "give each its own topic");
    }
    if (!topics.add(kafka.controlTopic())) {
      read.refuse(KAFKA_CONTROL_TOPIC, "is another's topic", "give each its own topic");
    }
    if (!topics.add(kafka.controlStatusTopic())) {
      read.refuse(KAFKA_CONTROL_STATUS_TOPIC, "is another's topic", "give each its own topic");
    }
    if (!topics.add(kafka.profilesTopic())) {
      read.refuse(KAFKA_PROFILES_TOPIC, "is another's topic", "give each its own topic");
    }
  }

  private static void refuseUnknown(Map<String, Setting> settings, List<Problem> problems) {
    var known = all().stream().map(ConfigOption::key).toList();
    for (var setting : settings.values()) {
      if (!known.contains(setting.key()) && !PassThrough.owns(setting.key())) {
        var fix =
            NearestKey.to(setting.key(), known)
                .map(key -> "did you mean " + key + "?")
                .orElse(
                    "remove it; Flink's keys begin with flink., Kafka's with kafka.properties.");
        problems.add(
            new Problem(setting.key(), setting.shown(), setting.where(), "no such key", fix));
      }
    }
  }

  private static List<Setting> effective(Map<String, Setting> settings) {
    return Stream.concat(
            all().stream().map(option -> settings.getOrDefault(option.key(), defaultOf(option))),
            settings.values().stream()
                .filter(setting -> PassThrough.owns(setting.key()))
                .sorted(Comparator.comparing(Setting::key)))
        .toList();
  }

  private static <T> Setting defaultOf(ConfigOption<T> option) {
    var text = defaultText(option);
    return new Setting(option.key(), text, text, "default");
  }

  /** Returns the option's default as it would be written, empty if there is none. */
  static <T> String defaultText(ConfigOption<T> option) {
    if (!option.hasDefaultValue()) {
      return "";
    }
    return new Configuration().set(option, option.defaultValue()).toMap().get(option.key());
  }
}
