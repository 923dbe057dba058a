/**
 * The accounts: what became of every record, per partition and hour, and which hours of the lake
 * are final. Counted beside the stream, added up per task, flushed before each barrier and
 * watermark, merged by key; so the counts are exact over failures.
 */
package io.riskstream.pipeline.completeness;
