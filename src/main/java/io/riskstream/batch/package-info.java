/** The same graph over what was recorded: the lake's events in, the same rows out. */
package io.riskstream.batch;
