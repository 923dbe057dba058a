/**
 * Sections 4 and 8 of the semantics once more: documents, their cuts, rulesets and conditions.
 * Shares no code with the domain; CEL itself is the library's.
 */
package io.riskstream.reference.rules;
