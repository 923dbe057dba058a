/** The breaker at work in a task: it counts while rules judge, and publishes beside them. */
package io.riskstream.pipeline.breaker;
