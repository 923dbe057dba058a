/** What one event of a user costs, measured by JMH; {@link Benchmarks} runs it. */
package io.riskstream.bench;
