package io.riskstream.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line; each subcommand is one class of this package. */
@Command(
    name = "riskstream",
    description = "Real-time user risk on Apache Flink.",
    mixinStandardHelpOptions = true,
    subcommands = {VerifyCommand.class})
public final class Riskstream {
  private Riskstream() {}

  /** Runs one command and exits with its status. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new Riskstream()).execute(arguments));
  }
}
