/** A look at a running job from outside, over Flink's REST interface. */
package io.riskstream.chaos.watch;
