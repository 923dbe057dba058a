/** The life of the job on any Flink cluster: submit, status, upgrade, roll back, rescale, stop. */
package io.riskstream.lifecycle;
