/** The servers that a scenario runs on, each a process of its own that ends with this JVM. */
package io.riskstream.chaos.stage;
