/**
 * The hot store: every user's newest snapshot in Redis, at least once and never going back. Only
 * {@link io.riskstream.sink.hotstore.HotStoreSink} is meant for other packages.
 */
package io.riskstream.sink.hotstore;
