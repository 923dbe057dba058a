/** A Flink cluster as its REST interface shows it, and the waiting for what it is to become. */
package io.riskstream.lifecycle.cluster;
