/** The one gate of the documents of the control topic: which are accepted, and from when on. */
package io.riskstream.pipeline.control;
