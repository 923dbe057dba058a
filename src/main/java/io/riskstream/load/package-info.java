/**
 * Open-loop load for any Kafka: plans that are a function of their settings alone, and the runner
 * that sends them on time and writes the manifest. Imports model and manifest.
 */
package io.riskstream.load;
