package io.riskstream.cli.rules;

import picocli.CommandLine.Command;

/** {@code riskstream rules}: what events and windows are judged by. */
@Command(
    name = "rules",
    description = "Rulesets: checked, published, shown; rules disabled and suppressed.",
    subcommands = {
      CheckCommand.class,
      PublishCommand.class,
      ShowCommand.class,
      DisableCommand.class,
      SuppressCommand.class,
    })
public final class RulesCommand {
  private RulesCommand() {}
}
