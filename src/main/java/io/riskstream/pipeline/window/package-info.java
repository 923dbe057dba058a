/** Aggregates of windows over all users, from what each accepted event adds to them. */
package io.riskstream.pipeline.window;
