/** The commands by which people see and publish rulesets and other documents. */
package io.riskstream.cli.rules;
