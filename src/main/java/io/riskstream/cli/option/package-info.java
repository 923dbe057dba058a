/** What commands are given: shared options, and how their values are read. */
package io.riskstream.cli.option;
