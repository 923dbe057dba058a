package io.riskstream.cli.rules;

import io.riskstream.model.Dimension;
import io.riskstream.rules.document.TextTable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code riskstream dimensions}: small tables that are joined to the users' profiles. */
@Command(
    name = "dimensions",
    description = "Small tables that are joined to profiles.",
    subcommands = DimensionsCommand.Publish.class)
public final class DimensionsCommand {
  private DimensionsCommand() {}

  /** {@code riskstream dimensions publish}: a table from a file, as the next version. */
  @Command(
      name = "publish",
      description = "Publishes a dimension: a mapping of texts in YAML or JSON.")
  static final class Publish implements Callable<Integer> {
    @Mixin private Publication publication;

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the dimension.")
    private String name;

    @Option(
        names = "--attribute",
        required = true,
        description = "Attribute of the profile whose value is looked up.")
    private String attribute;

    @Parameters(
        index = "1",
        paramLabel = "FILE",
        description = "From the attribute's values to the dimension's: lines of key: value.")
    private Path file;

    @Override
    public Integer call() throws Exception {
      var values = TextTable.read(Files.readString(file));
      return publication.publish(
          publication.config(),
          Dimension.KIND,
          name,
          (version, effectiveFrom) ->
              new Dimension(name, version, effectiveFrom, attribute, values));
    }
  }
}
