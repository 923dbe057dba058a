/**
 * The values that all parts of riskstream speak of: events, rows, alerts, dead letters, snapshots.
 * Contracts are generated from {@code src/main/avro}. Imports nothing else of riskstream.
 */
package io.riskstream.model;
