/** Scenarios as data: what a file may say, and a reader that takes nothing else. */
package io.riskstream.chaos.scenario;
