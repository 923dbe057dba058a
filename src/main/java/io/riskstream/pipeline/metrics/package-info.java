/**
 * The metrics of the contract on Flink's metric groups: a few additions to plain numbers for each
 * event. They count since the task began; what must be exact over failures is in the accounts.
 */
package io.riskstream.pipeline.metrics;
