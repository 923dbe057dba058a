/** Rulesets: read, checked, compiled from CEL, and which of them is in force when. Pure. */
package io.riskstream.rules;
