/** What stops a rule that fails or floods: a document like any other. Pure. */
package io.riskstream.rules.breaker;
