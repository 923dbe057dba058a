/** What was refused, for the people who have to find out why. */
package io.riskstream.ops.deadletter;
