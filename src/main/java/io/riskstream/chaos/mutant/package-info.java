/** Other builds of the job, made of this one's sources and a few edits that are data. */
package io.riskstream.chaos.mutant;
