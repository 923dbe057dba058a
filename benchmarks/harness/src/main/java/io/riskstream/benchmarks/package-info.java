/** Measures riskstream beside its peers. */
package io.riskstream.benchmarks;
