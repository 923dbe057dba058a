/** The edges that the job writes to: the Parquet lake and Kafka, both in two phases. */
package io.riskstream.sink;
