/** Markers of hours of the lake that are final, written once their rows can be read. */
package io.riskstream.sink.seal;
