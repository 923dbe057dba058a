/** Where the processor time of a contender goes. */
package io.riskstream.benchmarks.profile;
