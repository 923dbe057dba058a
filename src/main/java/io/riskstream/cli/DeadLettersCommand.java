package io.riskstream.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.riskstream.cli.option.ConfigOptionsMixin;
import io.riskstream.cli.option.DurationConverter;
import io.riskstream.ops.deadletter.DeadLetterFilter;
import io.riskstream.ops.deadletter.DeadLetterTopic;
import io.riskstream.ops.deadletter.ShownBytes;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Shows what was refused and why; changes nothing. */
@Command(
    name = "dead-letters",
    description = "Shows refused records and why they were refused.",
    subcommands = {DeadLettersCommand.Newest.class, DeadLettersCommand.Single.class})
final class DeadLettersCommand {
  private static final Pattern POSITION = Pattern.compile("(.+)-(\\d{1,9})-(\\d{1,18})");

  private DeadLettersCommand() {}

  private static String position(JsonNode letter) {
    return ShownBytes.printable(letter.path("topic").asText())
        + "-"
        + letter.path("partition").asText()
        + "-"
        + letter.path("offset").asText();
  }

  private static String time(JsonNode millis) {
    return millis.isIntegralNumber()
        ? Instant.ofEpochMilli(millis.asLong()).toString()
        : millis.asText();
  }

  /** The newest dead letters that a filter lets, and how many there are for each reason. */
  @Command(
      name = "list",
      description = {
        "Prints the newest dead letters, the oldest of them first, and counts all by reason.",
        "Reads what is committed, once, up to the end of now."
      })
  static final class Newest implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ConfigOptionsMixin config;

    @Option(names = "--stage", description = "decode, validate or conflicting-duplicate")
    private String stage;

    @Option(names = "--error", description = "a reason of docs/semantics.md, as missing-field")
    private String error;

    @Option(names = "--partition", description = "of the refused record")
    private Integer partition;

    @Option(
        names = "--since",
        paramLabel = "TIME",
        description = "refused records of this time or later: an age as 10min, or ISO-8601")
    private String since;

    @Option(
        names = "--limit",
        defaultValue = "20",
        description = "most letters to print (${DEFAULT-VALUE})")
    private int limit;

    @Option(names = "--json", description = "the letters as they are, one a line; counts on stderr")
    private boolean json;

    @Override
    public Integer call() throws IOException {
      if (limit < 0) {
        throw new ParameterException(spec.commandLine(), "--limit must be 0 or more");
      }
      var filter = new DeadLetterFilter(stage, error, partition, sinceMillis());
      var listing = new DeadLetterTopic(config.load().kafka()).list(filter, limit);
      var out = spec.commandLine().getOut();
      var summary = json ? spec.commandLine().getErr() : out;
      listing.newest().forEach(letter -> out.println(json ? letter.toString() : line(letter)));
      out.flush();
      listing
          .countByReason()
          .forEach((reason, count) -> summary.printf("%,10d %s%n", count, printable(reason)));
      summary.printf(
          "%,10d dead letters, %,d of them shown%n", listing.total(), listing.newest().size());
      if (listing.unreadable() > 0) {
        summary.printf("%,10d messages are no dead letters of ours%n", listing.unreadable());
      }
      summary.flush();
      return 0;
    }

    private Long sinceMillis() {
      if (since == null) {
        return null;
      }
      try {
        return Instant.parse(since).toEpochMilli();
      } catch (DateTimeParseException noInstant) {
        return Instant.now().minus(age()).toEpochMilli();
      }
    }

    private Duration age() {
      try {
        return new DurationConverter().convert(since);
      } catch (TypeConversionException invalid) {
        throw new ParameterException(
            spec.commandLine(),
            "--since '" + since + "' is neither an age as 10min nor a time as 2026-01-01T00:00:00Z",
            invalid);
      }
    }

    private static String line(JsonNode letter) {
      return "%s  %s  %s/%s  %s"
          .formatted(
              position(letter),
              time(letter.path("ingest_time")),
              printable(letter.path("stage").asText()),
              printable(letter.path("error").asText()),
              printable(letter.path("message").asText()));
    }

    private static String printable(String text) {
      return ShownBytes.printable(text);
    }
  }

  /** One dead letter with all that it says, its bytes decoded. */
  @Command(name = "show", description = "Prints everything that is known of one refused record.")
  static final class Single implements Callable<Integer> {
    @Spec private CommandSpec spec;
    @Mixin private ConfigOptionsMixin config;

    @Parameters(
        paramLabel = "TOPIC-PARTITION-OFFSET",
        description = "where the refused record stands, as list prints it")
    private String position;

    @Override
    public Integer call() throws IOException {
      var parts = POSITION.matcher(position);
      if (!parts.matches()) {
        throw new ParameterException(
            spec.commandLine(), "'" + position + "' is no TOPIC-PARTITION-OFFSET, as events-3-120");
      }
      var kafka = config.load().kafka();
      var letter =
          new DeadLetterTopic(kafka)
              .find(
                  parts.group(1), Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
      if (letter.isEmpty()) {
        throw new IOException(
            "topic %s at %s has no dead letter of %s; dead-letters list shows which there are"
                .formatted(kafka.deadLettersTopic(), kafka.bootstrapServers(), position));
      }
      print(letter.get(), spec.commandLine().getOut());
      return 0;
    }

    private static void print(JsonNode letter, PrintWriter out) throws IOException {
      for (var fields = letter.fields(); fields.hasNext(); ) {
        var field = fields.next();
        var value = field.getValue();
        switch (field.getKey()) {
          case "raw", "raw_key" -> printBytes(field.getKey(), value, out);
          case "ingest_time" -> out.printf("%-12s %s%n", field.getKey(), time(value));
          default -> out.printf("%-12s %s%n", field.getKey(), ShownBytes.printable(value.asText()));
        }
      }
      out.flush();
    }

    private static void printBytes(String name, JsonNode base64, PrintWriter out)
        throws IOException {
      if (base64.isNull()) {
        out.printf("%-12s (none)%n", name);
        return;
      }
      var shown = ShownBytes.of(base64.binaryValue());
      out.printf("%-12s %s%n", name, shown.contains("\n") ? "(no UTF-8)\n" + shown : shown);
    }
  }
}
