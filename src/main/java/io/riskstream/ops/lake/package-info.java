/** The lake's datasets, accounts and seals, held against the reference model. */
package io.riskstream.ops.lake;
