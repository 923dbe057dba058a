/** The hot store, held against the reference model, and what it says of its own rebuild. */
package io.riskstream.ops.hot;
