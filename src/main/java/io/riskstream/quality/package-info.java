/**
 * What a partition of the events topic gives, minute by minute: measured, held against the minutes
 * before, and told where it is past a threshold. A pure function of the partition's records in
 * their order; integers and millionths only.
 */
package io.riskstream.quality;
