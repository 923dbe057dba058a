/** Rows of the audit dataset about the job's runs and checkpoints. */
package io.riskstream.pipeline.audit;
