/** Processes of this computer that outlive the JVM that started them, or end with it for sure. */
package io.riskstream.cluster.process;
