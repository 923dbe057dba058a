/** Right before fast: what contenders have written, held against the reference model. */
package io.riskstream.benchmarks.check;
