/** State as bytes: what a user's state is packed into and where its parts live. Imports nothing. */
package io.riskstream.packed;
