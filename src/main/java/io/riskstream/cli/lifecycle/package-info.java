/** Commands for the life of the job on any Flink cluster. */
package io.riskstream.cli.lifecycle;
