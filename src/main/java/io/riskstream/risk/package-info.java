/**
 * The risk semantics of one user: duplicates, score, ledger, alerts, snapshot. Pure functions and
 * state objects, deterministic, with time as an argument.
 */
package io.riskstream.risk;
