/** Figures of a contender from outside: its progress, its processor time, its memory. */
package io.riskstream.benchmarks.measure;
