package io.riskstream.cli.rules;

import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import io.riskstream.cli.option.ConfigOptionsMixin;
import io.riskstream.cli.option.DurationConverter;
import io.riskstream.cli.option.TimeConverter;
import io.riskstream.config.RiskstreamConfig;
import io.riskstream.model.ControlDocument;
import io.riskstream.model.GatedDocument;
import io.riskstream.ops.control.DocumentAnswer;
import io.riskstream.ops.control.StatusTopic;
import io.riskstream.sink.control.ControlTopic;
import io.riskstream.source.control.KafkaDocumentHistory;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The options of every command that publishes a document, and how it is done: as the next version
 * of its id, and, if that is asked for, with the running job's answer.
 */
final class Publication {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ConfigOptionsMixin options;

  @Option(
      names = "--effective-from",
      paramLabel = "TIME",
      converter = TimeConverter.class,
      description =
          "Event time from which on it is wanted in force, ISO-8601 or epoch milliseconds; moved to"
              + " the earliest possible one. Default: that one.")
  private Instant effectiveFrom;

  @Option(names = "--wait", description = "Wait for the running job's answer.")
  private boolean wait;

  @Option(
      names = "--timeout",
      converter = DurationConverter.class,
      defaultValue = "2min",
      description = "With --wait, how long at most (${DEFAULT-VALUE}).")
  private Duration timeout;

  /** Makes a document. */
  interface Draft {
    ControlDocument with(int version, Long effectiveFromMillis);
  }

  RiskstreamConfig config() {
    return options.load();
  }

  /** Returns the accepted documents, in order of their offsets. */
  static List<GatedDocument> accepted(RiskstreamConfig config) {
    return new KafkaDocumentHistory(config).read();
  }

  /** Publishes the next version; ends with a verdict, and returns its exit status. */
  int publish(RiskstreamConfig config, String kind, String id, Draft draft)
      throws IOException, InterruptedException {
    var document =
        draft.with(
            nextVersion(accepted(config), kind, id),
            effectiveFrom == null ? null : effectiveFrom.toEpochMilli());
    var offset = new ControlTopic(config.kafka()).publishAt(document);
    print(
        "published %s %s version %d, offset %d of topic %s"
            .formatted(kind, id, document.version(), offset, config.kafka().controlTopic()));
    var verdict = verdict(config, offset);
    verdict.with("kind", kind).with("version", document.version()).with("offset", offset);
    print(verdict.toString());
    return verdict.outcome().exitStatus();
  }

  private Verdict verdict(RiskstreamConfig config, long offset) throws IOException {
    if (!wait) {
      print("topic " + config.kafka().controlStatusTopic() + " will have the job's answer");
      return new Verdict(Outcome.PASS).with("answer", "not-awaited");
    }
    var answer = new StatusTopic(config.kafka()).await(offset, timeout);
    if (answer.isEmpty()) {
      print(
          "no answer within %d s; look whether the job runs and completes checkpoints"
              .formatted(timeout.toSeconds()));
      return new Verdict(Outcome.INCONCLUSIVE).with("answer", "none");
    }
    return verdict(answer.get());
  }

  private Verdict verdict(DocumentAnswer answer) {
    if (!answer.isAccepted()) {
      print("%s: %s".formatted(answer.answer(), answer.reason()));
      return new Verdict(Outcome.FAIL)
          .with("answer", answer.answer())
          .with("line", answer.line())
          .with("column", answer.column());
    }
    var cut = Instant.ofEpochMilli(answer.cutMillisOrNull());
    print(
        "in force from %s on%s"
            .formatted(
                cut, answer.moved() ? ", later than it was wanted: events may be judged" : ""));
    return new Verdict(Outcome.PASS)
        .with("answer", answer.answer())
        .with("cut", cut)
        .with("moved", answer.moved());
  }

  static int nextVersion(List<GatedDocument> accepted, String kind, String id) {
    return 1
        + accepted.stream()
            .map(GatedDocument::document)
            .filter(document -> document.kind().equals(kind) && document.id().equals(id))
            .mapToInt(ControlDocument::version)
            .max()
            .orElse(0);
  }

  void print(String line) {
    var out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
