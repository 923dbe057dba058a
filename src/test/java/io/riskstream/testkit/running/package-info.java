/** The whole job on a real broker, for tests that talk to it while it runs. */
package io.riskstream.testkit.running;
