/** Jobs that do the beginning of the work only. */
package io.riskstream.benchmarks.ceilings;
