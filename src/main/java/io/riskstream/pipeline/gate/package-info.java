/** Which records come in time, judged partition by partition before the shuffle. */
package io.riskstream.pipeline.gate;
