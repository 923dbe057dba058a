/** The job of a scenario, and what its operator does to it on purpose. */
package io.riskstream.chaos.job;
