/** What generated events look like as bytes, and how they are spoiled. */
package io.riskstream.load.event;
