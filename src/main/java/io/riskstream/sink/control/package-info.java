/** Publishing to the control topic, by the job itself and by commands. */
package io.riskstream.sink.control;
