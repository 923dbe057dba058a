/** One program in the place of another: what is refused, what is watched, and when to go back. */
package io.riskstream.lifecycle.change;
