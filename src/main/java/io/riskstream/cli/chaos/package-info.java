/** The command that rehearses faults. */
package io.riskstream.cli.chaos;
