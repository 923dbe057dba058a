package io.riskstream.pipeline.completeness;

/**
 * What a tally has added up for one folder of the lake since it last said so.
 *
 * @param hourMillis start of the hour that the folder holds
 * @param topic empty where rows are of no one partition, as in the ledger
 * @param partition -1 where rows are of no one partition
 */
public record FolderDelta(
    String dataset, long hourMillis, String topic, int partition, FolderCounts counts) {}
