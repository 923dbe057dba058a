/** A job jar's program: run in a process of its own up to its graph, looked at, and submitted. */
package io.riskstream.lifecycle.program;
