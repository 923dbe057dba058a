/** What the running job answered to the documents of the control topic. */
package io.riskstream.ops.control;
