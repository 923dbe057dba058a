package io.riskstream.cli;

import io.riskstream.cli.ending.Verdict;
import io.riskstream.cli.ending.Verdict.Outcome;
import io.riskstream.cli.option.ConfigOptionsMixin;
import io.riskstream.ops.topics.TopicSetup;
import io.riskstream.ops.topics.WantedTopic;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Kafka topics as the configuration names them. */
@Command(
    name = "topics",
    description = "Sets up the Kafka topics.",
    subcommands = {TopicsCommand.Create.class})
final class TopicsCommand {

  /** Creates what is missing and checks what exists; may be run again at any time. */
  @Command(
      name = "create",
      description = {
        "Creates every topic that the configuration names, where it is missing.",
        "What exists is left as it is, and checked."
      })
  static final class Create implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ConfigOptionsMixin config;

    @Option(
        names = "--partitions",
        defaultValue = "8",
        description = "of the topics that are read; at least as many as tasks (${DEFAULT-VALUE})")
    private int partitions;

    @Option(
        names = "--output-partitions",
        defaultValue = "1",
        description = "of the topics that are written (${DEFAULT-VALUE})")
    private int outputPartitions;

    @Option(names = "--replication-factor", description = "copies of each (the broker's default)")
    private Short replicationFactor;

    @Override
    public Integer call() throws IOException, InterruptedException {
      require(partitions > 0, "--partitions must be above 0");
      require(outputPartitions > 0, "--output-partitions must be above 0");
      require(
          replicationFactor == null || replicationFactor > 0,
          "--replication-factor must be above 0");
      var kafka = config.load().kafka();
      var out = spec.commandLine().getOut();
      var created = 0;
      var existing = 0;
      var problems = 0;
      try (var setup = TopicSetup.connect(kafka)) {
        for (var wanted : WantedTopic.of(kafka, partitions, outputPartitions)) {
          var outcome = setup.ensure(wanted, Optional.ofNullable(replicationFactor));
          out.printf(
              "%-8s %s, %d partitions%n",
              outcome.created() ? "created" : "exists", outcome.topic(), outcome.partitions());
          outcome.problems().forEach(problem -> out.println("problem: " + problem));
          created += outcome.created() ? 1 : 0;
          existing += outcome.created() ? 0 : 1;
          problems += outcome.problems().size();
        }
      }
      var verdict =
          new Verdict(problems == 0 ? Outcome.PASS : Outcome.FAIL)
              .with("created", created)
              .with("existing", existing)
              .with("problems", problems);
      out.println(verdict);
      out.flush();
      return verdict.outcome().exitStatus();
    }

    private void require(boolean holds, String otherwise) {
      if (!holds) {
        throw new ParameterException(spec.commandLine(), otherwise);
      }
    }
  }
}
