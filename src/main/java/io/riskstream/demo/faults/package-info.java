/** Faults that the demo is asked for, when they come, and the proof that they hit. */
package io.riskstream.demo.faults;
