/**
 * How soon results are visible: events sent at planned times whatever the answers, and readers that
 * look for them.
 */
package io.riskstream.benchmarks.latency;
