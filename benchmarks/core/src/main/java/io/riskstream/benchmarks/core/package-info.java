/** riskstream where it is compared with who does less. */
package io.riskstream.benchmarks.core;
