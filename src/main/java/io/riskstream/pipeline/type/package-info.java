/** How values travel between operators: hand-written serializers, so that Kryo is never needed. */
package io.riskstream.pipeline.type;
