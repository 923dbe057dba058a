/**
 * How values travel between operators: hand-written serializers, since Flink's fall-back would be
 * Kryo, which is switched off.
 */
package io.riskstream.pipeline.type;
