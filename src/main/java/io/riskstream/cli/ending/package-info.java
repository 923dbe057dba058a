/** How a command ends: asked to by a signal, with a verdict, or with a failure in sentences. */
package io.riskstream.cli.ending;
