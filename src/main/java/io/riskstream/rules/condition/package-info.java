/** Conditions in CEL: checked, compiled, and decided without CEL where that is possible. Pure. */
package io.riskstream.rules.condition;
