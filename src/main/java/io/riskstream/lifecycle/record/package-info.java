/** What was deployed, and what is being done: a folder that outlives the process that does it. */
package io.riskstream.lifecycle.record;
