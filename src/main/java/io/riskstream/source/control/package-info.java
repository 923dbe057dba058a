/** The control topic: documents that ask the running job for something, read leniently. */
package io.riskstream.source.control;
