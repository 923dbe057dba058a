/** The part of the graph that adds up windows of all users; see {@link Windows} for its drawing. */
package io.riskstream.pipeline.window;
