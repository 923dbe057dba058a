/** What was found: standings, ratios, a table for the screen and a file for programs. */
package io.riskstream.benchmarks.report;
