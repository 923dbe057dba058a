/**
 * What all formats of a record share: an event's fields with their limits, and the reasons why it
 * is refused. Knows no format.
 */
package io.riskstream.source.event;
