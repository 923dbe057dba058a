/** What every contender is given: a topic that was filled beforehand, from a seed. */
package io.riskstream.benchmarks.workload;
