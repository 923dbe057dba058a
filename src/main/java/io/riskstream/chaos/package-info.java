/**
 * Rehearsals of faults: load, cluster and servers as processes, a fault, and exact sets after it.
 */
package io.riskstream.chaos;
