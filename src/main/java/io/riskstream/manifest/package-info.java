/**
 * The record of what was sent and acknowledged, one NDJSON file a run: the input of every oracle.
 * Imports only the model.
 */
package io.riskstream.manifest;
