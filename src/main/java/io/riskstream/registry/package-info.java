/**
 * A schema registry with Confluent's interface, as a client sees it, and what schemas are
 * compatible. Imports nothing of ours.
 */
package io.riskstream.registry;
