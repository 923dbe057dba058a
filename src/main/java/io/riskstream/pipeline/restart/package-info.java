/** What an operator has to know of the runs before this one, beside its keyed state. */
package io.riskstream.pipeline.restart;
