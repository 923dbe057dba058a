/** What is measured, and how each is started. */
package io.riskstream.benchmarks.contender;
