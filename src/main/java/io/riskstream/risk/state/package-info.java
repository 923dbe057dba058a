/**
 * The shape of a user's state: what is kept, in which bytes, in pieces of which bound. Pure; the
 * platform's keyed state is behind {@link io.riskstream.packed.ChunkStore}.
 */
package io.riskstream.risk.state;
