/** Runs of the job that end, leave their state, and go on from it the next time. */
package io.riskstream.run;
