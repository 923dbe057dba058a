/** What rehearsals came to, for people and for programs. */
package io.riskstream.chaos.report;
