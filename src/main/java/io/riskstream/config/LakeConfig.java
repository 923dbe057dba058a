package io.riskstream.config;

/**
 * The Parquet lake.
 *
 * @param path root folder as a URI; each dataset is a folder below it
 * @param rowGroupBytes bound of the buffer that each open file holds in memory
 */
public record LakeConfig(String path, long rowGroupBytes) {}
