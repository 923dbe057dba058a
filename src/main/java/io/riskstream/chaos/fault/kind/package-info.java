/** Which faults there are, and how a scenario names them. */
package io.riskstream.chaos.fault.kind;
