package io.riskstream.cli;

import picocli.CommandLine.Command;

/** Looks after the schemas of Avro events. */
@Command(
    name = "schema",
    description = "Tests and registers schemas of Avro events.",
    subcommands = {SchemaCheckCommand.class, SchemaRegisterCommand.class})
final class SchemaCommand {}
