/**
 * The typed configuration: options, one record a feature, and the loader that reports every problem
 * at once. Imports nothing of ours, and of Flink its configuration only.
 */
package io.riskstream.config;
