/** What the figures have to come to, and which of it is met. */
package io.riskstream.benchmarks.goal;
