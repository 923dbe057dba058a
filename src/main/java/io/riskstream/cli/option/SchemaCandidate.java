package io.riskstream.cli.option;

import io.riskstream.cli.ending.Verdict;
import io.riskstream.config.ConfigException;
import io.riskstream.config.SchemaRegistryConfig;
import io.riskstream.registry.AvroSchemas;
import io.riskstream.registry.Incompatibility;
import io.riskstream.registry.Incompatibility.Direction;
import io.riskstream.registry.RefusedSchemaException;
import io.riskstream.registry.RegistryAddress;
import io.riskstream.registry.RegistryClient;
import io.riskstream.registry.SchemaComparison;
import io.riskstream.source.avro.ContractFit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * A schema in a file and the subject that it is meant for; what {@code schema}'s commands share.
 * Without an answer of the registry nothing is concluded.
 */
public final class SchemaCandidate {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  /** What a command does with a candidate that is compatible. */
  @FunctionalInterface
  public interface Then {
    Verdict run(Verdict verdict, RegistryClient registry, String subject, String text)
        throws IOException, InterruptedException;
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ConfigOptionsMixin options;

  @Option(
      names = "--registry",
      paramLabel = "URL",
      description = "The schema registry. Default: schema-registry.url of the configuration.")
  private String url;

  @Option(
      names = "--subject",
      description = "Default: schema-registry.subject of the configuration, or events-value.")
  private String subject;

  @Parameters(paramLabel = "FILE", description = "The schema, JSON.")
  private Path file;

  /** Checks the candidate, goes on with it if it is compatible, and prints how that ended. */
  public int checkAnd(Then then) {
    var out = spec.commandLine().getOut();
    var verdict = verdict(out, then);
    out.println(verdict);
    out.flush();
    return verdict.outcome().exitStatus();
  }

  private Verdict verdict(PrintWriter out, Then then) {
    try {
      var text = Files.readString(file, StandardCharsets.UTF_8);
      var settings = settings();
      var registry =
          new RegistryClient(
              new RegistryAddress(
                  settings.url(), settings.basicAuthOrNull(), settings.requestTimeout()));
      return verdict(out, then, registry, settings.subject(), text);
    } catch (RefusedSchemaException refused) {
      return failed(out, refused.getMessage());
    } catch (ConfigException | IOException unusable) {
      return inconclusive(out, messageOf(unusable));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return inconclusive(out, "interrupted");
    }
  }

  private Verdict verdict(
      PrintWriter out, Then then, RegistryClient registry, String subject, String text)
      throws IOException, InterruptedException {
    var candidate = AvroSchemas.parse(text);
    var versions = registry.versions(subject);
    var found = new ArrayList<>(ContractFit.of(candidate));
    for (var version : versions) {
      found.addAll(compare(candidate, registry, subject, version));
    }
    found.forEach(one -> out.println("incompatible: " + one));
    var verdict = new Verdict(found.isEmpty() ? Verdict.Outcome.PASS : Verdict.Outcome.FAIL);
    verdict.with("versions", versions.size()).with("incompatible", found.size());
    return found.isEmpty() ? then.run(verdict, registry, subject, text) : verdict;
  }

  private static List<Incompatibility> compare(
      Schema candidate, RegistryClient registry, String subject, int version)
      throws IOException, InterruptedException {
    var name = "version " + version;
    var registered = registry.version(subject, version);
    if (registered.isEmpty()) {
      return List.of(); // deleted since its number was listed
    }
    try {
      var other = AvroSchemas.parse(registered.get(), registry);
      return SchemaComparison.of(candidate, other, name);
    } catch (RefusedSchemaException noAvro) {
      return List.of(new Incompatibility(name, Direction.BACKWARD, "/", noAvro.getMessage()));
    }
  }

  /** From the configuration, unless there is none and the options say it all. */
  private SchemaRegistryConfig settings() throws IOException {
    var configured =
        url != null && options.isEmpty()
            ? new SchemaRegistryConfig(url, "events-value", null, TIMEOUT)
            : options.load().schemaRegistry();
    var settings =
        new SchemaRegistryConfig(
            url == null ? configured.url() : url,
            subject == null ? configured.subject() : subject,
            configured.basicAuthOrNull(),
            configured.requestTimeout());
    if (!settings.isConfigured()) {
      throw new IOException("no registry is named; use --registry URL, or set schema-registry.url");
    }
    if (!settings.url().matches("https?://[^/\\s].*")) {
      throw new IOException(settings.url() + " is no URL; begin it with http:// or https://");
    }
    return settings;
  }

  private static Verdict failed(PrintWriter out, String why) {
    out.println("incompatible: " + why);
    return new Verdict(Verdict.Outcome.FAIL);
  }

  private static Verdict inconclusive(PrintWriter out, String why) {
    out.println("cannot be judged: " + why);
    return new Verdict(Verdict.Outcome.INCONCLUSIVE);
  }

  private String messageOf(Exception unusable) {
    return unusable instanceof IOException && unusable.getMessage().equals(file.toString())
        ? "there is no file " + file
        : unusable.getMessage();
  }
}
